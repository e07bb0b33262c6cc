package io.orderflow.messaging.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;

/** What is counted about a subscription, under the same names on every broker. */
public final class HandlingMetrics {

    private final Counter handled;
    private final Counter retried;
    private final Counter deadLettered;
    private final Timer handling;

    public HandlingMetrics(MeterRegistry registry, Subscription subscription) {
        String[] tags = {"topic", subscription.topic(), "group", subscription.group()};
        handled = Counter.builder("messaging.handled")
                .description("Messages that were handled, duplicates included")
                .tags(tags)
                .register(registry);
        retried = Counter.builder("messaging.retried")
                .description("Failures after which a message is tried again")
                .tags(tags)
                .register(registry);
        deadLettered = Counter.builder("messaging.dead.lettered")
                .description("Messages that were given up")
                .tags(tags)
                .register(registry);
        handling = Timer.builder("messaging.handling")
                .description("Time from a message's turn to its end: handled, set aside or dead-lettered")
                .tags(tags)
                .register(registry);
    }

    public void handled(int messages) {
        handled.increment(messages);
    }

    void retried() {
        retried.increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    /** Time spent on so many messages; each counts with its share. */
    public void took(Duration time, int messages) {
        for (int i = 0; i < messages; i++) {
            handling.record(time.dividedBy(messages));
        }
    }
}
