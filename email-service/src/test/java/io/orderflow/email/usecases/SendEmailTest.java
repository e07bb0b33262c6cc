package io.orderflow.email.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.orderflow.email.OnPostgres;
import io.orderflow.email.TestTransport;
import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailRefusedException;
import io.orderflow.email.domain.EmailTexts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig(OnPostgres.class)
class SendEmailTest {

    private static final OrderId ORDER = new OrderId("order-1");
    private static final Email CANCELLATION = EmailTexts.cancellation(ORDER, "changed my mind");
    private static final Email CONFIRMATION = EmailTexts.confirmation(ORDER, List.of(), null, null);

    @Autowired
    SendEmail emails;

    @Autowired
    StoreContact contacts;

    @Autowired
    ContactCleanup forget;

    @Autowired
    ViewEmails view;

    @Autowired
    TestTransport transport;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void emptyTheTables() {
        jdbc.sql("truncate contact, mail").update();
        transport.reset();
        contacts.store(ORDER, new EmailAddress("ada@example.com"));
    }

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
        assertThat(view.count("order-1")).isEqualTo(2);
    }

    @Test
    void an_email_without_an_address_is_retried() {
        Email early = EmailTexts.dispatchNote(new OrderId("order-2"), "Parcel", "T-1");
        assertThatExceptionOfType(ContactUnknownException.class).isThrownBy(() -> emails.send(early));

        contacts.store(new OrderId("order-2"), new EmailAddress("bob@example.com"));
        emails.send(early);

        assertThat(transport.delivered()).containsExactly(early);
    }

    @Test
    void the_first_address_of_an_order_stays() {
        contacts.store(ORDER, new EmailAddress("mallory@example.com"));
        emails.send(CANCELLATION);

        assertThat(mail().to()).isEqualTo(new EmailAddress("ada@example.com"));
    }

    @Test
    void an_unavailable_server_releases_the_lease_for_the_next_attempt() {
        transport.onTheWay(() -> {
            throw new IllegalStateException("away");
        });
        assertThatIllegalStateException().isThrownBy(() -> emails.send(CANCELLATION));
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.PENDING);

        transport.reset();
        emails.send(CANCELLATION);

        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
        assertThat(mail().attempts()).isEqualTo(2);
    }

    @Test
    void a_refused_email_has_failed_and_can_be_sent_by_an_operator() {
        transport.onTheWay(() -> {
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

    @Test
    void one_of_many_instances_sends_and_the_others_retry() {
        CompletableFuture<?>[] all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                emails.send(CANCELLATION);
                            } catch (EmailLeasedException e) {
                                // not done for this one: it would come again later
                            }
                        },
                        thread -> new Thread(thread).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(transport.delivered()).hasSize(1);
    }

    @Test
    void an_email_that_another_instance_sends_is_not_done() {
        transport.onTheWay(() -> {
            transport.reset();
            assertThatExceptionOfType(EmailLeasedException.class).isThrownBy(() -> emails.send(CANCELLATION));
        });
        emails.send(CANCELLATION);

        assertThat(transport.delivered()).hasSize(1);
    }

    @Test
    void the_lease_of_a_killed_instance_expires() {
        transport.onTheWay(() -> {
            transport.reset();
            // the lease of a slow sender expires, another one sends, and then the slow one fails
            jdbc.sql("update mail set claimed_until = now() - interval '1 second'")
                    .update();
            emails.send(CANCELLATION);
            throw new EmailRefusedException("too late");
        });
        assertThatExceptionOfType(EmailRefusedException.class).isThrownBy(() -> emails.send(CANCELLATION));

        assertThat(transport.delivered()).hasSize(1);
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
    }

    @Test
    void a_killed_instance_delays_an_email_by_seconds() {
        transport.onTheWay(() -> assertThat(claimedForSeconds()).isBetween(1.0, 15.0));
        emails.send(CANCELLATION);
    }

    @Test
    void a_lease_is_renewed_while_a_slow_server_answers() {
        transport.onTheWay(() -> {
            jdbc.sql("update mail set claimed_until = now() + interval '1 second'")
                    .update();
            emails.renewLeases();
            assertThat(claimedForSeconds()).isGreaterThan(5.0);
        });
        emails.send(CANCELLATION);

        emails.renewLeases();
        assertThat(jdbc.sql("select claimed_until is null from mail")
                        .query(Boolean.class)
                        .single())
                .as("a sent e-mail is not leased")
                .isTrue();
    }

    @Test
    void a_lease_with_another_owner_is_not_renewed() {
        transport.onTheWay(() -> {
            jdbc.sql("update mail set attempts = attempts + 1, claimed_until = now() + interval '1 second'")
                    .update();
            emails.renewLeases();
            assertThat(claimedForSeconds()).isLessThan(5.0);
        });
        emails.send(CANCELLATION);
    }

    @Test
    void no_confirmation_is_sent_once_the_cancellation_is_being_sent() {
        transport.onTheWay(() -> {
            transport.reset();
            emails.send(CONFIRMATION);
        });
        emails.send(CANCELLATION);
        emails.send(CONFIRMATION);

        assertThat(transport.delivered()).containsExactly(CANCELLATION);
    }

    @Test
    void a_cancellation_waits_while_the_confirmation_is_being_sent() {
        transport.onTheWay(() -> {
            transport.reset();
            assertThatExceptionOfType(EmailLeasedException.class).isThrownBy(() -> emails.send(CANCELLATION));
        });
        emails.send(CONFIRMATION);
        emails.send(CANCELLATION);

        assertThat(transport.delivered()).containsExactly(CONFIRMATION, CANCELLATION);
    }

    @Test
    void a_failed_confirmation_is_superseded_by_the_cancellation() {
        transport.onTheWay(() -> {
            throw new IllegalStateException("away");
        });
        assertThatIllegalStateException().isThrownBy(() -> emails.send(CONFIRMATION));

        transport.reset();
        emails.send(CANCELLATION);
        emails.send(CONFIRMATION);

        assertThat(transport.delivered()).containsExactly(CANCELLATION);
    }

    @Test
    void of_a_concurrent_confirmation_and_cancellation_the_confirmation_is_never_last() {
        for (int i = 0; i < 20; i++) {
            jdbc.sql("truncate mail").update();
            transport.reset();
            CompletableFuture<Void> confirmation = CompletableFuture.runAsync(() -> emails.send(CONFIRMATION));
            await().ignoreExceptionsInstanceOf(EmailLeasedException.class).until(() -> {
                emails.send(CANCELLATION);
                return true;
            });
            confirmation.join();

            assertThat(transport.delivered()).last().isEqualTo(CANCELLATION);
        }
    }

    private double claimedForSeconds() {
        return jdbc.sql("select extract(epoch from claimed_until - now()) from mail")
                .query(Double.class)
                .single();
    }

    @Test
    void an_address_is_deleted_after_its_retention_and_the_records_stay() {
        emails.send(CANCELLATION);
        contacts.store(new OrderId("order-2"), new EmailAddress("bob@example.com"));
        jdbc.sql("update contact set remembered_at = now() - interval '91 days' where order_id = 'order-1'")
                .update();

        forget.deleteExpired();

        assertThat(mail().to()).isNull();
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
        emails.send(EmailTexts.cancellation(new OrderId("order-2"), null));
        assertThat(transport.delivered()).hasSize(2);
    }

    private EmailRecord mail() {
        return view.list("order-1", 10, 0).get(0);
    }
}
