package io.orderflow.messaging.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message in AMQP 0-9-1. CloudEvents attributes are headers {@code cloudEvents:*} as in their AMQP binding, the
 * content type and the routing key are AMQP's own, the id is the message-id too, and what AMQP has no place for is a
 * header: the key, the milliseconds of the time, and that a value is null and not just empty.
 */
final class RabbitMapping {

    static final String KEY = "messaging-key";
    static final String TIMESTAMP = "messaging-timestamp";
    static final String NULL_VALUE = "messaging-null-value";

    /** RabbitMQ routes by these as by the routing key, and refuses them if they are no list. */
    static final String FURTHER_ROUTING_KEYS = "CC";

    private static final String FURTHER_HIDDEN_ROUTING_KEYS = "BCC";
    private static final String ESCAPED = "messaging-header-";
    private static final String PARTITION_KEY = "messaging.partition.";

    /** What RabbitMQ's timestamp plugin adds. */
    static final String BROKER_TIMESTAMP = "timestamp_in_ms";

    /** RabbitMQ's own default from 4.0 on. A 3.x would take 128 MiB, which the client refuses to read. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private static final String ATTRIBUTE = "cloudEvents:";
    private static final String ATTRIBUTE_OF_JMS = "cloudEvents_";
    private static final int PERSISTENT = 2;

    /** Left in the frame of headers for what the broker adds when it delivers again. */
    private static final int ROOM_FOR_BROKERS_HEADERS = 1024;

    /** The length of the name, the type, the length of the value. */
    private static final int ENTRY_OVERHEAD = 16;

    /** AMQP's short strings: the routing key, the message-id and names of headers among them. */
    private static final int SHORT_STRING_BYTES = 255;

    private RabbitMapping() {}

    /** The routing key that leads to a partition, whatever else the message is routed by. */
    static String partitionKey(int partition) {
        return PARTITION_KEY + partition;
    }

    /** A message ready to be published. */
    record Outgoing(String routingKey, BasicProperties properties, byte[] body) {

        /** All headers travel in one frame, and one that is too large would cost the connection. */
        void requireHeadersWithin(int frameMax) throws IOException {
            int room = frameMax - ROOM_FOR_BROKERS_HEADERS;
            if (frameMax > 0 && 3L * characters() > room) { // else it cannot be, and need not be measured
                int size = properties.toFrame(1, body.length).size();
                if (size > room) {
                    throw new MessageRejectedException(
                            "The headers of a message take " + size + " bytes; RabbitMQ allows " + room
                                    + " (frame_max). The message was not sent.",
                            null);
                }
            }
        }

        private long characters() {
            long sum = 0;
            for (Map.Entry<String, Object> header : properties.getHeaders().entrySet()) {
                sum += header.getKey().length() + ENTRY_OVERHEAD;
                sum += header.getValue() instanceof String text ? text.length() : 0;
            }
            return sum;
        }
    }

    static Outgoing outgoing(Message<String, byte[]> message, Topic topic) {
        byte[] body = message.value() == null ? new byte[0] : message.value();
        if (body.length > MAX_MESSAGE_BYTES) {
            throw new MessageRejectedException(
                    "A message of " + body.length + " bytes is too large for RabbitMQ, which takes " + MAX_MESSAGE_BYTES
                            + ". It was not sent.",
                    null);
        }
        Map<String, Object> table = new HashMap<>();
        String routingKey = "";
        String contentType = null;
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            String name = header.getKey();
            String value = header.getValue();
            if (name.equals(Headers.ROUTING_KEY) && !value.isEmpty() && isShort(value)) {
                routingKey = value;
            } else if (name.equals(Headers.CONTENT_TYPE) && isShort(value)) {
                contentType = value;
            } else {
                table.put(named(name), value);
            }
        }
        if (message.key() != null) {
            table.put(KEY, message.key());
        }
        if (message.value() == null) {
            table.put(NULL_VALUE, true);
        }
        if (!topic.competing()) {
            table.put(FURTHER_ROUTING_KEYS, List.of(partitionKey(KeyPartition.of(message.key(), topic.partitions()))));
        }
        table.put(TIMESTAMP, message.timestamp().toEpochMilli());
        String id = message.header(Headers.ID);
        BasicProperties properties = new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType(contentType)
                .messageId(id != null && isShort(id) ? id : null)
                .timestamp(Date.from(message.timestamp()))
                .headers(table)
                .build();
        return new Outgoing(routingKey, properties, body);
    }

    private static String named(String name) {
        String named = name.startsWith(Headers.CLOUD_EVENTS_PREFIX)
                ? ATTRIBUTE + name.substring(Headers.CLOUD_EVENTS_PREFIX.length())
                : routes(name) ? ESCAPED + name : name;
        if (!isShort(named)) {
            throw new MessageRejectedException(
                    "The name of a header has more than " + SHORT_STRING_BYTES + " bytes, which AMQP does not allow: '"
                            + name.substring(0, 40) + "...'. The message was not sent.",
                    null);
        }
        return named;
    }

    private static boolean isShort(String value) {
        return value.length() <= SHORT_STRING_BYTES / 3 || value.getBytes(UTF_8).length <= SHORT_STRING_BYTES;
    }

    /**
     * What was sent, or what can be made of a message by somebody who knows nothing of us.
     *
     * @param arrival the time of a message that carries none
     */
    static Message<String, byte[]> incoming(
            String routingKey, BasicProperties properties, byte[] body, Instant arrival) {
        Map<String, Object> table = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, Headers.CONTENT_TYPE, properties.getContentType());
        put(headers, Headers.ROUTING_KEY, routingKey.isEmpty() ? null : routingKey);
        put(headers, Headers.ID, properties.getMessageId());
        table.forEach((name, value) -> {
            if (value != null && !isOurs(name) && !isBrokers(name)) {
                headers.put(original(name), value.toString());
            }
        });
        RabbitDeath.of(table).ifPresent(death -> death.describe().forEach(headers::putIfAbsent));
        Instant stated = timestamp(table, properties);
        if (stated == null) {
            headers.put(Headers.TIMED_ON_ARRIVAL, "true");
        }
        Object key = table.get(KEY);
        return new Message<>(
                key == null ? null : key.toString(),
                body.length == 0 && table.containsKey(NULL_VALUE) ? null : body,
                headers,
                stated == null ? arrival : stated);
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static @Nullable Instant timestamp(Map<String, Object> table, BasicProperties properties) {
        Object millis = table.getOrDefault(TIMESTAMP, table.get(BROKER_TIMESTAMP));
        if (millis instanceof Number number) {
            return Instant.ofEpochMilli(number.longValue());
        }
        return properties.getTimestamp() == null
                ? null
                : properties.getTimestamp().toInstant();
    }

    private static String original(String name) {
        if (name.startsWith(ATTRIBUTE) || name.startsWith(ATTRIBUTE_OF_JMS)) {
            return Headers.CLOUD_EVENTS_PREFIX + name.substring(ATTRIBUTE.length());
        }
        return name.startsWith(ESCAPED) ? name.substring(ESCAPED.length()) : name;
    }

    private static boolean routes(String name) {
        return name.equals(FURTHER_ROUTING_KEYS) || name.equals(FURTHER_HIDDEN_ROUTING_KEYS);
    }

    private static boolean isOurs(String name) {
        return name.equals(KEY) || name.equals(TIMESTAMP) || name.equals(NULL_VALUE);
    }

    /** What it was routed by, and what the broker adds to a message that came back or was dead-lettered. */
    private static boolean isBrokers(String name) {
        return routes(name)
                || name.startsWith("x-")
                        && (name.equals("x-delivery-count")
                                || name.equals("x-acquired-count")
                                || name.equals("x-death")
                                || name.startsWith("x-first-death-")
                                || name.startsWith("x-last-death-"));
    }
}
