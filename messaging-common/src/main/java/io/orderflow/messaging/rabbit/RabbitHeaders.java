package io.orderflow.messaging.rabbit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.adapter.HeaderNames;
import io.orderflow.messaging.adapter.MessageTimes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of headers in AMQP 0-9-1. CloudEvents attributes are {@code cloudEvents:*}, as in their AMQP binding; what AMQP has
 * no property for is a header of this library: the key, the milliseconds of the timestamp, and whether a value is null.
 */
final class RabbitHeaders {

    static final String KEY = "messaging-key";
    static final String TIMESTAMP = MessageTimes.TIMESTAMP;
    static final String NULL_VALUE = "messaging-null-value";

    /** Further routing keys. RabbitMQ closes the channel if it is not a list. */
    static final String CC = "CC";

    /** The number of a message in its stream, and where a consumer of a stream begins. */
    static final String STREAM_OFFSET = "x-stream-offset";

    /** Set by RabbitMQ's timestamp plugin. */
    static final String BROKER_TIMESTAMP = "timestamp_in_ms";

    /** AMQP's short string: header names, routing keys, names of queues, properties. */
    static final int MAX_SHORT_STRING_BYTES = 255;

    private static final String ESCAPE = "messaging-header-";

    /** What leaves room for the longest prefix. */
    static final int MAX_NAME_BYTES = MAX_SHORT_STRING_BYTES - ESCAPE.length();

    private static final String JMS_ATTRIBUTE = "cloudEvents_";

    private static final HeaderNames NAMES = new HeaderNames(
            "cloudEvents:",
            ESCAPE,
            Set.of(
                    KEY,
                    TIMESTAMP,
                    NULL_VALUE,
                    CC,
                    "BCC",
                    STREAM_OFFSET,
                    "x-delivery-count",
                    "x-acquired-count",
                    "x-death",
                    "x-first-death-exchange",
                    "x-first-death-queue",
                    "x-first-death-reason",
                    "x-last-death-exchange",
                    "x-last-death-queue",
                    "x-last-death-reason"));

    private RabbitHeaders() {}

    /** The further routing key of a partition. */
    static String partitionKey(int partition) {
        return "messaging.partition." + partition;
    }

    /** The routing key of a broadcast with an address. */
    static String addressKey(String address) {
        return "messaging.address." + address;
    }

    static String encode(String name) {
        return NAMES.toBroker(name);
    }

    /** Null for a header that serves this mapping or routing, or that the broker has added. */
    static @Nullable String decode(String name) {
        return name.startsWith(JMS_ATTRIBUTE)
                ? Headers.CLOUD_EVENTS_PREFIX + name.substring(JMS_ATTRIBUTE.length())
                : NAMES.fromBroker(name);
    }

    static boolean isShortString(String value) {
        return value.length() <= MAX_SHORT_STRING_BYTES / 3 || value.getBytes(UTF_8).length <= MAX_SHORT_STRING_BYTES;
    }
}
