package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.StreamMessage;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.adapter.HeaderNames;
import io.orderflow.messaging.adapter.MessageTimes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps a message to an entry of a stream, and back. CloudEvents has no binding for Redis; this is binary mode in fields:
 *
 * <pre>
 * messaging-timestamp   the time of the message in milliseconds since 1970; identifies our entries
 * key                   the key in UTF-8; absent if null
 * value                 the payload; absent if null
 * ce_id, ce_type, ...   each header in the field of its name, in UTF-8
 * messaging-header:key  a header with the name of one of the other fields
 * </pre>
 *
 * <p>Any other entry is from another producer. Its payload is the first field among {@code value}, {@code payload}, {@code
 * data}, {@code body} and {@code message}, or else the only field that is not a known header; its key is {@code key}; its
 * routing key {@code messaging-routing-key}, {@code routing-key}, {@code routing_key} or {@code routingkey}; its time {@code
 * ce_time} or when the server added it; every other field is a header.
 */
final class EntryMapping {

    static final String KEY = "key";
    static final String VALUE = "value";

    private static final HeaderNames NAMES = new HeaderNames(
            Headers.CLOUD_EVENTS_PREFIX, "messaging-header:", Set.of(MessageTimes.TIMESTAMP, KEY, VALUE));
    private static final List<String> FOREIGN_PAYLOADS = List.of(VALUE, "payload", "data", "body", "message");
    private static final Set<String> FOREIGN_ROUTING_KEYS =
            Set.of(Headers.ROUTING_KEY, "routing-key", "routing_key", "routingkey");
    private static final Pattern HEADER_NAME = Pattern.compile("[!-~]+");

    private EntryMapping() {}

    static Map<String, byte[]> fields(Message<String, byte[]> message) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put(
                MessageTimes.TIMESTAMP, bytes(Long.toString(message.timestamp().toEpochMilli())));
        if (message.key() != null) {
            fields.put(KEY, bytes(message.key()));
        }
        message.headers().forEach((name, value) -> fields.put(NAMES.toBroker(name), bytes(value)));
        if (message.value() != null) {
            fields.put(VALUE, message.value());
        }
        return fields;
    }

    static Delivery<String, byte[]> delivery(StreamMessage<String, byte[]> entry) {
        Map<String, byte[]> fields = entry.getBody();
        Instant ours = MessageTimes.stated(string(fields.get(MessageTimes.TIMESTAMP)), Map.of());
        String payload = ours != null ? VALUE : foreignPayload(fields);
        Map<String, String> headers = new LinkedHashMap<>();
        fields.forEach((field, value) -> {
            String name = ours != null ? NAMES.fromBroker(field) : foreignHeader(field, payload);
            if (name != null) {
                headers.put(name, new String(value, UTF_8));
            }
        });
        Instant stated = ours != null ? ours : MessageTimes.stated(null, headers);
        Message<String, byte[]> message = new Message<>(
                string(fields.get(KEY)),
                payload == null ? null : fields.get(payload),
                headers,
                stated != null ? stated : Instant.ofEpochMilli(millis(entry)));
        return new Delivery<>(RedisTopic.nameOf(entry.getStream()), message, entry.getStream() + "@" + entry.getId());
    }

    /** The first half of an entry's id: when the server added it, in milliseconds since 1970. */
    static long millis(StreamMessage<String, byte[]> entry) {
        return Long.parseLong(entry.getId().substring(0, entry.getId().indexOf('-')));
    }

    /** The second half, unsigned: numbers the entries of one millisecond. */
    static long sequence(StreamMessage<String, byte[]> entry) {
        return Long.parseUnsignedLong(entry.getId().substring(entry.getId().indexOf('-') + 1));
    }

    private static @Nullable String foreignHeader(String field, @Nullable String payload) {
        if (FOREIGN_ROUTING_KEYS.contains(field)) {
            return Headers.ROUTING_KEY;
        }
        boolean header = !field.equals(payload) && !field.equals(KEY);
        return header && HEADER_NAME.matcher(field).matches() ? field : null;
    }

    private static @Nullable String foreignPayload(Map<String, byte[]> fields) {
        for (String name : FOREIGN_PAYLOADS) {
            if (fields.containsKey(name)) {
                return name;
            }
        }
        List<String> candidates =
                fields.keySet().stream().filter(name -> !isKnownHeader(name)).toList();
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    private static boolean isKnownHeader(String name) {
        return name.equals(KEY)
                || name.equals(Headers.CONTENT_TYPE)
                || name.startsWith(Headers.CLOUD_EVENTS_PREFIX)
                || name.startsWith("messaging-")
                || FOREIGN_ROUTING_KEYS.contains(name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static @Nullable String string(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
