package io.orderflow.email.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.domain.EmailTexts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendEmailTest extends EmailUseCases {

    @Test
    void an_email_is_sent_once_however_often_its_event_arrives() {
        emails.send(CANCELLATION);
        emails.send(CANCELLATION);

        assertThat(transport.delivered()).hasSize(1);
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
        assertThat(mail().sentAt()).isNotNull();
    }

    @Test
    void each_kind_is_an_email_of_its_own() {
        emails.send(EmailTexts.confirmation(ORDER, List.of(), null, null));
        emails.send(CANCELLATION);

        assertThat(transport.delivered()).hasSize(2);
        List<EmailRecord> both = view.list("order-1", null, 10);
        assertThat(both).hasSize(2);
        assertThat(view.list("order-1", both.get(0).key(), 10)).containsExactly(both.get(1));
        assertThat(view.list(null, both.get(1).key(), 10)).doesNotContainAnyElementsOf(both);
    }

    @Test
    void an_email_without_an_address_is_retried() {
        Email early = EmailTexts.dispatchNote(new OrderId("order-2"), "Parcel", "T-1");
        assertThatExceptionOfType(ContactUnknownException.class).isThrownBy(() -> emails.send(early));

        contacts.store(new OrderId("order-2"), new EmailAddress("bob@example.com"), null);
        emails.send(early);

        assertThat(transport.delivered()).containsExactly(early);
    }

    @Test
    void the_first_address_of_an_order_stays() {
        contacts.store(ORDER, new EmailAddress("mallory@example.com"), null);
        emails.send(CANCELLATION);

        assertThat(mail().to()).isEqualTo(new EmailAddress("ada@example.com"));
    }

    @Test
    void a_refused_email_has_failed_and_can_be_sent_by_an_operator() {
        transport.duringDelivery(() -> {
            throw new EmailRefusedException("refused with 550");
        });
        assertThatExceptionOfType(EmailRefusedException.class).isThrownBy(() -> emails.send(CANCELLATION));
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.FAILED);
        assertThat(mail().failure()).isEqualTo("refused with 550");

        transport.reset();
        emails.send(CANCELLATION);

        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
        assertThat(mail().failure()).isNull();
    }
}
