package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as the client has received it. It is decoded when it is polled, on the polling thread.
 *
 * @param nanos when it was received, by {@link System#nanoTime()}
 */
record FetchedMessage(Delivery delivery, long nanos) {

    long tag() {
        return delivery.getEnvelope().getDeliveryTag();
    }

    int bytes() {
        return delivery.getBody().length;
    }

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - nanos > age.toNanos();
    }

    /**
     * The message as it was sent, or what can be derived from one of a foreign producer.
     *
     * @param now the timestamp of a message that carries none
     */
    Message<String, byte[]> decode(Instant now) {
        BasicProperties properties = delivery.getProperties();
        Map<String, Object> table = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Map<String, String> headers = new LinkedHashMap<>();
        String routingKey = delivery.getEnvelope().getRoutingKey();
        put(headers, Headers.CONTENT_TYPE, properties.getContentType());
        put(headers, Headers.ROUTING_KEY, routingKey.isEmpty() ? null : routingKey);
        put(headers, Headers.ID, properties.getMessageId());
        table.forEach((name, value) -> {
            String decoded = RabbitHeaders.decode(name);
            if (value != null && decoded != null) {
                headers.put(decoded, value.toString());
            }
        });
        BrokerDeadLetter.of(table).ifPresent(deadLetter -> deadLetter.headers().forEach(headers::putIfAbsent));
        Instant timestamp = timestamp(table, properties);
        if (timestamp == null) {
            headers.put(Headers.TIMED_ON_ARRIVAL, "true");
        }
        Object key = table.get(RabbitHeaders.KEY);
        byte[] body = delivery.getBody();
        return new Message<>(
                key == null ? null : key.toString(),
                body.length == 0 && table.containsKey(RabbitHeaders.NULL_VALUE) ? null : body,
                headers,
                timestamp == null ? now : timestamp);
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static @Nullable Instant timestamp(Map<String, Object> table, BasicProperties properties) {
        Object millis = table.getOrDefault(RabbitHeaders.TIMESTAMP, table.get(RabbitHeaders.BROKER_TIMESTAMP));
        if (millis instanceof Number number) {
            return Instant.ofEpochMilli(number.longValue());
        }
        return properties.getTimestamp() == null
                ? null
                : properties.getTimestamp().toInstant();
    }
}
