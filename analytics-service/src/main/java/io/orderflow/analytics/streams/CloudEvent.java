package io.orderflow.analytics.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.analytics.domain.OrderStep;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The attributes of an event in the headers of a record: CloudEvents 1.0, binary mode of the Kafka protocol binding. */
final class CloudEvent {

    private static final String SOURCE = "/analytics-service";

    private CloudEvent() {}

    /** Source and id; null if the record has no id. */
    static @Nullable String identity(Headers headers) {
        String id = text(headers, "ce_id");
        return id == null || id.isBlank() ? null : text(headers, "ce_source") + " " + id;
    }

    static @Nullable String type(Headers headers) {
        return text(headers, "ce_type");
    }

    /** What a producer without types routes by on other brokers. */
    static @Nullable String routingKey(Headers headers) {
        return text(headers, "messaging-routing-key");
    }

    /** The time of the event, else that of the record. */
    static Instant time(Headers headers, long recordTime, Instant now) {
        String stated = text(headers, "ce_time");
        Instant otherwise = Instant.ofEpochMilli(Math.max(0, recordTime));
        try {
            return OrderStep.timeOf(stated == null ? otherwise : Instant.parse(stated), now);
        } catch (DateTimeParseException e) {
            return OrderStep.timeOf(otherwise, now);
        }
    }

    static Headers headers(String id, String type, Instant time) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id);
        add(headers, "ce_type", type);
        add(headers, "ce_source", SOURCE);
        add(headers, "ce_time", time.toString());
        add(headers, "content-type", "application/json");
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
