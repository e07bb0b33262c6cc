package io.orderflow.messaging.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderflow.messaging.handling.ExpiredException;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;

/** The metrics of a subscription, the same for every broker and unit of work. Outermost around a message. */
public final class HandlingMetrics implements HandlerMiddleware {

    private final Counter handled;
    private final Counter duplicates;
    private final Counter retried;
    private final Counter deadLettered;
    private final Counter expired;
    private final Timer handling;

    public HandlingMetrics(MeterRegistry registry, Subscription subscription) {
        String[] tags = {"topic", subscription.topic(), "group", subscription.group()};
        handled = Counter.builder("messaging.handled")
                .description("Messages that were handled, duplicates included")
                .tags(tags)
                .register(registry);
        duplicates = Counter.builder("messaging.inbox.duplicates")
                .description("Messages that had been handled before")
                .tag("group", subscription.group())
                .register(registry);
        retried = Counter.builder("messaging.retried")
                .description("Failed attempts after which a message is retried")
                .tags(tags)
                .register(registry);
        deadLettered = Counter.builder("messaging.dead.lettered")
                .description("Messages that were dead-lettered")
                .tags(tags)
                .register(registry);
        expired = Counter.builder("messaging.expired")
                .description("Messages that expired before they were handled, and were dead-lettered")
                .tags(tags)
                .register(registry);
        handling = Timer.builder("messaging.handling")
                .description("Time until a message was handled, delayed for a retry or dead-lettered")
                .tags(tags)
                .register(registry);
    }

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            long start = System.nanoTime();
            try {
                HandlerResult result = next.handle(delivery);
                count(result);
                return result;
            } finally {
                took(Duration.ofNanos(System.nanoTime() - start), 1);
            }
        };
    }

    /** Counts what became of a message. */
    public void count(HandlerResult result) {
        if (result != HandlerResult.RECOVERED && result != HandlerResult.DROPPED) {
            handled.increment();
        }
        if (result == HandlerResult.DUPLICATE) {
            duplicates.increment();
        }
    }

    void retried() {
        retried.increment();
    }

    void deadLettered(Throwable failure) {
        deadLettered.increment();
        if (Causes.any(failure, ExpiredException.class::isInstance)) {
            expired.increment();
        }
    }

    /** Records the time spent on messages; each counts with its share. */
    public void took(Duration time, int messages) {
        for (int i = 0; i < messages; i++) {
            handling.record(time.dividedBy(messages));
        }
    }
}
