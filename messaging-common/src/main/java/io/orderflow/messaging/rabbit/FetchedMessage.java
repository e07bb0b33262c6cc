package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.Instant;

/**
 * A message in the prefetch buffer, not yet decoded.
 *
 * @param nanos when it was received, by {@link System#nanoTime()}
 */
record FetchedMessage(com.rabbitmq.client.Delivery delivery, long nanos) {

    long tag() {
        return delivery.getEnvelope().getDeliveryTag();
    }

    int bytes() {
        return delivery.getBody().length;
    }

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - nanos > age.toNanos();
    }

    Delivery<String, byte[]> decode(RabbitQueue queue) {
        Message<String, byte[]> message = RabbitMapping.incoming(
                delivery.getEnvelope().getRoutingKey(), delivery.getProperties(), delivery.getBody(), Instant.now());
        return new Delivery<>(queue.topic(), message, queue.name() + "#" + tag());
    }
}
