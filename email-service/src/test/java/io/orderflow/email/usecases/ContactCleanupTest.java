package io.orderflow.email.usecases;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailTexts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ContactCleanupTest extends EmailUseCases {

    @Autowired
    ContactCleanup cleanup;

    @Test
    void an_address_is_deleted_after_its_retention_and_the_records_stay() {
        emails.send(CANCELLATION);
        contacts.store(new OrderId("order-2"), new EmailAddress("bob@example.com"), null);
        jdbc.sql("update contact set remembered_at = now() - interval '91 days' where order_id = 'order-1'")
                .update();

        cleanup.deleteExpired();

        assertThat(mail().to()).isNull();
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
        emails.send(EmailTexts.cancellation(new OrderId("order-2"), null));
        assertThat(transport.delivered()).hasSize(2);
    }
}
