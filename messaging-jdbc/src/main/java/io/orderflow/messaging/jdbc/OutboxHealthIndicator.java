package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.OutboxStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** DOWN, with the reason, when the outbox cannot be sent. Counts are bounded and some seconds old. */
final class OutboxHealthIndicator extends AbstractHealthIndicator {

    private final OutboxRelay relay;

    OutboxHealthIndicator(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        OutboxStatus outbox = relay.status();
        if (outbox.failingSince() == null) {
            health.up();
        } else {
            health.down()
                    .withDetail(
                            "reason",
                            "The outbox cannot be sent since " + outbox.failingSince() + ": " + outbox.failure());
        }
        health.withDetail("rows", outbox.rows())
                .withDetail("oldestSeconds", outbox.oldestAge().toSeconds())
                .withDetail("parked", outbox.parked());
    }
}
