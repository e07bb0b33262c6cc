package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.outbox.OutboxStatus;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** DOWN, with the reason, when the outbox cannot be sent. Counts are bounded and some seconds old. */
final class OutboxHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<OutboxStatus> outbox;

    OutboxHealthIndicator(Supplier<OutboxStatus> outbox) {
        this.outbox = outbox;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        OutboxStatus status = outbox.get();
        if (status.failingSince() == null) {
            health.up();
        } else {
            health.down()
                    .withDetail(
                            "reason",
                            "The outbox cannot be sent since " + status.failingSince() + ": " + status.failure());
        }
        health.withDetail("rows", status.rows())
                .withDetail("oldestSeconds", status.oldestAge().toSeconds())
                .withDetail("parked", status.parked());
    }
}
