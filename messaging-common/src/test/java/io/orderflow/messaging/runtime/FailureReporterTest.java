package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the log tells of a loop's failures. */
@ExtendWith(OutputCaptureExtension.class)
class FailureReporterTest {

    private static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO, 0);

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final FailureReporter trouble = new FailureReporter(
            new Subscription("orders", "inventory", 1, ConsumerOptions.defaults()),
            new StopSignal(),
            AT_ONCE,
            () -> now);

    @Test
    void a_failure_has_two_lines_one_when_it_begins_and_one_when_it_is_over(CapturedOutput log) {
        for (int i = 0; i < 10; i++) {
            fail(new MessagingException("The broker is away.", null));
        }
        trouble.over();
        assertThat(log.getAll().lines().filter(line -> line.contains("inventory on orders")))
                .hasSize(2);
        assertThat(log).contains("The broker is away.", "handling again after 10 failure(s)");
    }

    @Test
    void what_comes_and_goes_every_two_seconds_has_two_lines_a_minute(CapturedOutput log) {
        for (int i = 0; i < 5 * 30; i++) {
            fail(new MessagingException("The connection was cut.", null));
            now = now.plusSeconds(1);
            trouble.over();
        }
        assertThat(log.getAll().lines().filter(line -> line.contains("inventory on orders")))
                .hasSizeBetween(8, 12);
    }

    @Test
    void another_kind_of_failure_is_told_of_at_once(CapturedOutput log) {
        fail(new MessagingException("The connection was cut.", null));
        trouble.over();
        fail(new IllegalStateException("A bug."));
        assertThat(log).contains("A bug.");
    }

    private void fail(RuntimeException failure) {
        now = now.plusSeconds(1);
        trouble.backOffAfter(failure);
    }
}
