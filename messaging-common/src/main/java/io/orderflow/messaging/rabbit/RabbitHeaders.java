package io.orderflow.messaging.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Headers;
import java.util.Set;

/**
 * The names of headers in AMQP 0-9-1. CloudEvents attributes are {@code cloudEvents:*}, as in their AMQP binding; what AMQP has
 * no property for is a header of this library: the key, the milliseconds of the timestamp, and whether a value is null.
 */
final class RabbitHeaders {

    static final String KEY = "messaging-key";
    static final String TIMESTAMP = "messaging-timestamp";
    static final String NULL_VALUE = "messaging-null-value";

    /** Further routing keys. RabbitMQ closes the channel if it is not a list. */
    static final String CC = "CC";

    /** Set by RabbitMQ's timestamp plugin. */
    static final String BROKER_TIMESTAMP = "timestamp_in_ms";

    private static final Set<String> ROUTING = Set.of(CC, "BCC");
    private static final Set<String> INTERNAL =
            Set.of(KEY, TIMESTAMP, NULL_VALUE, CC, "BCC", "x-delivery-count", "x-acquired-count", "x-death");
    private static final String ATTRIBUTE = "cloudEvents:";
    private static final String JMS_ATTRIBUTE = "cloudEvents_";
    private static final String ESCAPED = "messaging-header-";
    private static final int MAX_SHORT_STRING_BYTES = 255;

    private RabbitHeaders() {}

    /** The further routing key of a partition. */
    static String partitionKey(int partition) {
        return "messaging.partition." + partition;
    }

    static String encode(String name) {
        if (name.startsWith(Headers.CLOUD_EVENTS_PREFIX)) {
            return ATTRIBUTE + name.substring(Headers.CLOUD_EVENTS_PREFIX.length());
        }
        return ROUTING.contains(name) ? ESCAPED + name : name;
    }

    static String decode(String name) {
        if (name.startsWith(ATTRIBUTE) || name.startsWith(JMS_ATTRIBUTE)) {
            return Headers.CLOUD_EVENTS_PREFIX + name.substring(ATTRIBUTE.length());
        }
        return name.startsWith(ESCAPED) ? name.substring(ESCAPED.length()) : name;
    }

    /** Whether a header is none of the sender's: it serves this mapping or routing, or the broker has added it. */
    static boolean isInternal(String name) {
        return INTERNAL.contains(name) || name.startsWith("x-first-death-") || name.startsWith("x-last-death-");
    }

    /** Whether it fits into AMQP's short string, as header names, routing keys and properties have to. */
    static boolean isShortString(String value) {
        return value.length() <= MAX_SHORT_STRING_BYTES / 3 || value.getBytes(UTF_8).length <= MAX_SHORT_STRING_BYTES;
    }
}
