package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.Instant;

/**
 * A message as the client's thread received it, not yet decoded.
 *
 * @param nanos when it came, on the clock of {@link System#nanoTime()}
 */
record Arrival(Envelope envelope, BasicProperties properties, byte[] body, long nanos) {

    long tag() {
        return envelope.getDeliveryTag();
    }

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - nanos > age.toNanos();
    }

    Delivery<String, byte[]> delivery(RabbitQueue queue) {
        Message<String, byte[]> message =
                RabbitMapping.incoming(envelope.getRoutingKey(), properties, body, Instant.now());
        return new Delivery<>(queue.topic(), message, queue.name() + "#" + tag());
    }
}
