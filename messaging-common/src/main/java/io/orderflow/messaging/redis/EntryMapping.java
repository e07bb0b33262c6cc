package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message as an entry of a stream, and back.
 *
 * <p>CloudEvents has no binding for Redis; this is ours, the binary mode in the fields of an entry:
 *
 * <pre>
 * messaging-timestamp   the message's time, in milliseconds since 1970; by it an entry is known as ours
 * key                   the message's key, UTF-8; absent if null
 * value                 the payload's bytes; absent if null
 * ce_id, ce_type, ...   each header in a field of its name, UTF-8
 * messaging-header:key  a header whose name one of the fields above has taken
 * </pre>
 *
 * <p>Any other entry comes from somebody who knows nothing of us. Its payload is the field {@code value}, {@code payload},
 * {@code data}, {@code body} or {@code message}, the first that is there, or else the only field that is not known
 * as a header; its key is {@code key}; its routing key {@code messaging-routing-key}, {@code routing-key},
 * {@code routing_key} or {@code routingkey}; its time is when the server took it; every other field is a header.
 */
final class EntryMapping {

    static final String TIMESTAMP = "messaging-timestamp";
    static final String KEY = "key";
    static final String VALUE = "value";
    private static final String ESCAPED = "messaging-header:";

    private static final List<String> FOREIGN_PAYLOADS = List.of(VALUE, "payload", "data", "body", "message");
    private static final Set<String> FOREIGN_ROUTING_KEYS =
            Set.of(Headers.ROUTING_KEY, "routing-key", "routing_key", "routingkey");
    private static final Pattern HEADER_NAME = Pattern.compile("[!-~]+");
    private static final Pattern OUR_TIME = Pattern.compile("-?\\d{1,18}");

    private EntryMapping() {}

    static Map<String, byte[]> fields(Message<String, byte[]> message) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put(TIMESTAMP, bytes(Long.toString(message.timestamp().toEpochMilli())));
        if (message.key() != null) {
            fields.put(KEY, bytes(message.key()));
        }
        message.headers().forEach((name, value) -> fields.put(isTaken(name) ? ESCAPED + name : name, bytes(value)));
        if (message.value() != null) {
            fields.put(VALUE, message.value());
        }
        return fields;
    }

    /** The bytes of the payload and the headers. */
    static long size(Map<String, byte[]> fields) {
        long size = 0;
        for (Map.Entry<String, byte[]> field : fields.entrySet()) {
            String name = field.getKey();
            if (!name.equals(TIMESTAMP) && !name.equals(KEY)) {
                size += field.getValue().length + (name.equals(VALUE) ? 0 : name.length());
            }
        }
        return size;
    }

    static Delivery<String, byte[]> delivery(Entry entry) {
        String id = entry.id();
        Map<String, byte[]> fields = entry.fields();
        String time = string(fields.get(TIMESTAMP));
        Message<String, byte[]> message = time != null && OUR_TIME.matcher(time).matches()
                ? ours(fields, Instant.ofEpochMilli(Long.parseLong(time)))
                : foreign(fields, Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-')))));
        return new Delivery<>(Streams.topic(entry.stream()), message, entry.stream() + "@" + id);
    }

    private static Message<String, byte[]> ours(Map<String, byte[]> fields, Instant time) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(ESCAPED)) {
                headers.put(name.substring(ESCAPED.length()), new String(value, UTF_8));
            } else if (!isTaken(name)) {
                headers.put(name, new String(value, UTF_8));
            }
        });
        return new Message<>(string(fields.get(KEY)), fields.get(VALUE), headers, time);
    }

    private static Message<String, byte[]> foreign(Map<String, byte[]> fields, Instant time) {
        String payload = foreignPayload(fields);
        Map<String, String> headers = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (FOREIGN_ROUTING_KEYS.contains(name)) {
                headers.put(Headers.ROUTING_KEY, new String(value, UTF_8));
            } else if (!name.equals(payload)
                    && !name.equals(KEY)
                    && HEADER_NAME.matcher(name).matches()) {
                headers.put(name, new String(value, UTF_8));
            }
        });
        byte[] value = payload == null ? null : fields.get(payload);
        return new Message<>(string(fields.get(KEY)), value, headers, time);
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

    private static boolean isTaken(String header) {
        return header.equals(KEY) || header.equals(VALUE) || header.equals(TIMESTAMP) || header.startsWith(ESCAPED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static @Nullable String string(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
