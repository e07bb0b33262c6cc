package io.orderflow.messaging.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.ordering.BlockedKeyCounts;
import io.orderflow.messaging.ordering.BlockedKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts held keys now and then, for metrics and health, and says in the log how many wait for people. */
final class BlockedKeyMetrics implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(BlockedKeyMetrics.class);

    private final BlockedKeys keys;
    private volatile BlockedKeyCounts counts = BlockedKeyCounts.NONE;

    BlockedKeyMetrics(BlockedKeys keys, MeterRegistry registry) {
        this.keys = keys;
        Gauge.builder("messaging.order.keys", this, each -> each.counts.keys())
                .description("Keys whose messages wait behind one that failed")
                .register(registry);
        Gauge.builder("messaging.order.keys.waiting", this, each -> each.counts.waitingForPeople())
                .description("Those of them that wait until a dead letter is redriven or discarded")
                .register(registry);
        Gauge.builder("messaging.order.parked", this, each -> each.counts.messages())
                .description("Messages that wait behind one that failed, and those that failed")
                .register(registry);
    }

    @Override
    public void run() {
        BlockedKeyCounts before = counts;
        counts = keys.count();
        if (counts.waitingForPeople() > before.waitingForPeople()) {
            log.warn(
                    "{} key(s) wait behind dead letters, with {} message(s) parked in all; redrive or discard these"
                            + " dead letters.",
                    counts.waitingForPeople(),
                    counts.messages());
        }
    }

    BlockedKeyCounts counts() {
        return counts;
    }
}
