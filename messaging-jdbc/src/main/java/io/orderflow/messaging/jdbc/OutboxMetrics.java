package io.orderflow.messaging.jdbc;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.orderflow.messaging.outbox.OutboxRelay;
import java.util.concurrent.TimeUnit;

/** Gauges of an outbox; the counts are bounded and some seconds old. */
final class OutboxMetrics {

    private OutboxMetrics() {}

    static void register(MeterRegistry registry, OutboxRelay relay) {
        Gauge.builder("messaging.outbox.rows", relay, each -> each.status().rows())
                .description("Messages that are not sent yet")
                .register(registry);
        TimeGauge.builder(
                        "messaging.outbox.oldest.age",
                        relay,
                        TimeUnit.MILLISECONDS,
                        each -> each.status().oldestAge().toMillis())
                .description("The age of the oldest of them")
                .register(registry);
        Gauge.builder("messaging.outbox.parked", relay, each -> each.status().parked())
                .description("Messages that the broker rejected, and those of their keys behind them")
                .register(registry);
    }
}
