package io.orderflow.messaging.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.Subscription;
import java.util.List;

/**
 * Drops the messages of a poll that the subscription's filter does not accept, before anything is decoded or stored. Also
 * where the broker filters: while a filter is changed, the broker delivers more. Retries are accepted without the filter.
 */
record Filtering(String topic, MessageFilter filter, Counter filtered) implements BatchMiddleware {

    static Filtering of(Subscription subscription, MeterRegistry registry) {
        return new Filtering(
                subscription.topic(),
                subscription.options().filter(),
                Counter.builder("messaging.filtered")
                        .description("Messages that the subscription's filter did not accept")
                        .tags("topic", subscription.topic(), "group", subscription.group())
                        .register(registry));
    }

    @Override
    public BatchHandler around(BatchHandler next) {
        return deliveries -> {
            List<Delivery<String, byte[]>> accepted =
                    deliveries.stream().filter(this::accepts).toList();
            filtered.increment(deliveries.size() - accepted.size());
            if (!accepted.isEmpty()) {
                next.handle(accepted);
            }
        };
    }

    private boolean accepts(Delivery<String, byte[]> delivery) {
        return !delivery.topic().equals(topic) || filter.accepts(delivery.message());
    }
}
