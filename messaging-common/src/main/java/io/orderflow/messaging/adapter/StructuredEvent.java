package io.orderflow.messaging.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as one JSON object, for brokers that carry no headers: CloudEvents' JSON format (structured mode). CloudEvents
 * headers are attributes of their own names; the key is {@code partitionkey}, as in CloudEvents' partitioning extension; all
 * other headers are a JSON object in the text attribute {@code messagingheaders}. A payload that is JSON, and is written the
 * same way again, is {@code data}; any other is {@code data_base64}.
 */
public final class StructuredEvent {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String CONTENT_TYPE = "datacontenttype";
    private static final String KEY = "partitionkey";
    private static final String HEADERS = "messagingheaders";
    private static final String MILLIS = "messagingtimestamp";
    private static final String DATA = "data";
    private static final String BASE64 = "data_base64";

    private StructuredEvent() {}

    public static byte[] encode(Message<String, byte[]> message) {
        ObjectNode event = JSON.createObjectNode();
        Map<String, String> others = new HashMap<>();
        message.headers().forEach((name, value) -> {
            if (name.startsWith(Headers.CLOUD_EVENTS_PREFIX)) {
                event.put(name.substring(Headers.CLOUD_EVENTS_PREFIX.length()), value);
            } else if (name.equals(Headers.CONTENT_TYPE)) {
                event.put(CONTENT_TYPE, value);
            } else {
                others.put(name, value);
            }
        });
        if (message.key() != null) {
            event.put(KEY, message.key());
        }
        if (!others.isEmpty()) {
            event.put(HEADERS, JSON.writeValueAsString(others));
        }
        event.put(MILLIS, Long.toString(message.timestamp().toEpochMilli()));
        if (message.value() != null) {
            JsonNode json = json(message.value());
            if (json != null && Arrays.equals(JSON.writeValueAsBytes(json), message.value())) {
                event.set(DATA, json);
            } else {
                event.put(BASE64, Base64.getEncoder().encodeToString(message.value()));
            }
        }
        return JSON.writeValueAsBytes(event);
    }

    /**
     * The message as it was encoded. Bytes that are no such object, from another producer, are the payload of a message without
     * headers.
     *
     * @param now the time of a message that states none
     */
    public static Message<String, byte[]> decode(byte[] bytes, Instant now) {
        if (!(json(bytes) instanceof ObjectNode event) || !event.has(MILLIS) && !event.has("specversion")) {
            return new Message<>(null, bytes, Map.of(), now);
        }
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : event.properties()) {
            switch (each.getKey()) {
                case KEY, MILLIS, DATA, BASE64 -> {}
                case CONTENT_TYPE -> headers.put(Headers.CONTENT_TYPE, text(each.getValue()));
                case HEADERS -> headers.putAll(others(each.getValue()));
                default -> headers.put(Headers.CLOUD_EVENTS_PREFIX + each.getKey(), text(each.getValue()));
            }
        }
        Instant stated = MessageTimes.stated(event.path(MILLIS).asString(null), headers);
        return new Message<>(event.path(KEY).asString(null), payload(event), headers, stated == null ? now : stated);
    }

    private static byte @Nullable [] payload(ObjectNode event) {
        if (event.has(BASE64)) {
            try {
                return Base64.getDecoder().decode(text(event.get(BASE64)));
            } catch (IllegalArgumentException e) {
                return text(event.get(BASE64)).getBytes(UTF_8);
            }
        }
        return event.has(DATA) ? JSON.writeValueAsBytes(event.get(DATA)) : null;
    }

    private static Map<String, String> others(JsonNode value) {
        Map<String, String> headers = new HashMap<>();
        if (json(text(value).getBytes(UTF_8)) instanceof ObjectNode object) {
            object.properties().forEach(each -> headers.put(each.getKey(), text(each.getValue())));
        }
        return headers;
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static @Nullable JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            return null;
        }
    }
}
