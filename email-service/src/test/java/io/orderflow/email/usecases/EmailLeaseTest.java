package io.orderflow.email.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailRefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmailLeaseTest extends EmailUseCases {

    @Test
    void an_unavailable_server_releases_the_lease_for_the_next_attempt() {
        transport.duringDelivery(() -> {
            throw new IllegalStateException("unavailable");
        });
        assertThatIllegalStateException().isThrownBy(() -> emails.send(CANCELLATION));
        assertThat(mail().status()).isEqualTo(EmailRecord.Status.PENDING);

        transport.reset();
        emails.send(CANCELLATION);

        assertThat(mail().status()).isEqualTo(EmailRecord.Status.SENT);
        assertThat(mail().attempts()).isEqualTo(2);
    }

    @Test
    void one_of_many_instances_sends_and_the_others_retry() {
        CompletableFuture<?>[] all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            try {
                                emails.send(CANCELLATION);
                            } catch (EmailLeasedException e) {
                                // the event would be retried
                            }
                        },
                        thread -> new Thread(thread).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(transport.delivered()).hasSize(1);
    }

    @Test
    void an_email_leased_by_another_instance_is_retried() {
        transport.duringDelivery(() -> {
            transport.reset();
            assertThatExceptionOfType(EmailLeasedException.class).isThrownBy(() -> emails.send(CANCELLATION));
        });
        emails.send(CANCELLATION);

        assertThat(transport.delivered()).hasSize(1);
    }

    @Test
    void the_lease_of_a_killed_instance_expires() {
        transport.duringDelivery(() -> {
            transport.reset();
            // the lease of a slow instance expires, another one sends, and then the slow one fails
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
        transport.duringDelivery(() -> assertThat(leasedForSeconds()).isBetween(1.0, 15.0));
        emails.send(CANCELLATION);
    }

    @Test
    void a_lease_is_renewed_while_a_slow_server_answers() {
        transport.duringDelivery(() -> {
            jdbc.sql("update mail set claimed_until = now() + interval '1 second'")
                    .update();
            emails.renewLeases();
            assertThat(leasedForSeconds()).isGreaterThan(5.0);
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
        transport.duringDelivery(() -> {
            jdbc.sql("update mail set attempts = attempts + 1, claimed_until = now() + interval '1 second'")
                    .update();
            emails.renewLeases();
            assertThat(leasedForSeconds()).isLessThan(5.0);
        });
        emails.send(CANCELLATION);
    }

    private double leasedForSeconds() {
        return jdbc.sql("select extract(epoch from claimed_until - now()) from mail")
                .query(Double.class)
                .single();
    }
}
