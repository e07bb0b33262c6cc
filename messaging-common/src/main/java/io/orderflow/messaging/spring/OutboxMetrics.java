package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.orderflow.messaging.outbox.OutboxRelay;
import java.util.concurrent.TimeUnit;

/** What can be watched of an outbox; the counts are bounded and some seconds old. */
final class OutboxMetrics {

    private OutboxMetrics() {}

    static void register(MeterRegistry registry, OutboxRelay relay) {
        Gauge.builder("messaging.outbox.rows", relay, each -> each.status().rows())
                .description("Messages that wait for the broker")
                .register(registry);
        TimeGauge.builder(
                        "messaging.outbox.oldest.age",
                        relay,
                        TimeUnit.MILLISECONDS,
                        each -> each.status().oldestAge().toMillis())
                .description("How long the oldest of them has been waiting")
                .register(registry);
        Gauge.builder("messaging.outbox.parked", relay, each -> each.status().parked())
                .description("Messages that the broker refused, and those of their keys that wait behind them")
                .register(registry);
    }
}
