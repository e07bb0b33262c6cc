package io.orderflow.email.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SupersededEmailTest extends EmailUseCases {

    @Test
    void no_confirmation_is_sent_once_the_cancellation_is_being_sent() {
        transport.duringDelivery(() -> {
            transport.reset();
            emails.send(CONFIRMATION);
        });
        emails.send(CANCELLATION);
        emails.send(CONFIRMATION);

        assertThat(transport.delivered()).containsExactly(CANCELLATION);
    }

    @Test
    void a_cancellation_waits_while_the_confirmation_is_being_sent() {
        transport.duringDelivery(() -> {
            transport.reset();
            assertThatExceptionOfType(EmailLeasedException.class).isThrownBy(() -> emails.send(CANCELLATION));
        });
        emails.send(CONFIRMATION);
        emails.send(CANCELLATION);

        assertThat(transport.delivered()).containsExactly(CONFIRMATION, CANCELLATION);
    }

    @Test
    void no_delay_notice_is_sent_once_the_order_is_on_its_way_or_cancelled() {
        emails.send(DISPATCH_NOTE);
        emails.send(DELAY_NOTICE);
        assertThat(transport.delivered()).containsExactly(DISPATCH_NOTE);

        jdbc.sql("truncate mail").update();
        transport.reset();
        emails.send(CANCELLATION);
        emails.send(DELAY_NOTICE);
        assertThat(transport.delivered()).containsExactly(CANCELLATION);
    }

    @Test
    void a_failed_confirmation_is_superseded_by_the_cancellation() {
        transport.duringDelivery(() -> {
            throw new IllegalStateException("unavailable");
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
}
