package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.deadletters.RedriveWorker;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.runtime.Consumers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A context stops phase by phase, so that what each may take adds up. Platforms kill a process after 30 s: 23 s are the
 * library's, when all of it hangs; the rest is for the web server's requests and for closing connections.
 */
class ShutdownBudgetTest {

    @Test
    void what_each_phase_may_take_adds_up_to_less_than_a_platform_waits() {
        assertThat(Stream.of(
                                Consumers.DRAIN,
                                Consumers.INTERRUPT,
                                Consumers.LEAVE,
                                RedriveWorker.STOP_TIMEOUT,
                                OutboxRelay.CLOSE_TIMEOUT)
                        .reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofSeconds(23));
    }
}
