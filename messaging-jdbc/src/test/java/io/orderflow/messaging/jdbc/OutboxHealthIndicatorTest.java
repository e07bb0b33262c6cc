package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.outbox.OutboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class OutboxHealthIndicatorTest {

    @Test
    void it_is_up_and_reports_the_backlog_while_rows_are_sent() {
        Health health =
                new OutboxHealthIndicator(() -> new OutboxStatus(7, Duration.ofSeconds(90), 2, null, null)).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails())
                .containsOnly(Map.entry("rows", 7L), Map.entry("oldestSeconds", 90L), Map.entry("parked", 2L));
    }

    @Test
    void it_is_down_and_states_the_reason_while_the_relay_fails() {
        Instant since = Instant.parse("2026-11-27T10:00:00Z");
        Health health = new OutboxHealthIndicator(
                        () -> new OutboxStatus(7, Duration.ofSeconds(90), 0, since, "connection refused"))
                .health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("reason"))
                .isEqualTo("The outbox cannot be sent since 2026-11-27T10:00:00Z: connection refused");
    }
}
