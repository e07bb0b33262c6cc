package io.orderflow.messaging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message: a key that determines order, a value, headers and a time.
 *
 * <p>Every broker returns the key, the value and the headers as they were sent, non-ASCII and empty ones included; a null key and a
 * null value stay null. A header's value is never null, and its name consists of visible ASCII characters. The timestamp is
 * truncated to milliseconds, which every broker keeps, so that a sent and a received message are equal.
 *
 * <p>Immutable, as long as the value is: an array is neither copied nor compared by content.
 *
 * @param key messages with an equal key keep their order within a topic; null for a message without an order
 * @param value the payload
 * @param headers names and values, in no order; see {@link Headers}
 * @param timestamp when it was created, by the producer's clock
 */
public record Message<K, V>(@Nullable K key, @Nullable V value, Map<String, String> headers, Instant timestamp) {

    public Message {
        headers = Map.copyOf(headers);
        if (timestamp.getNano() % 1_000_000 != 0) {
            timestamp = timestamp.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** The header of that name, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The same message with this header added or replaced. */
    public Message<K, V> withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    /** The same message with these headers added or replaced. */
    public Message<K, V> withHeaders(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Message<>(key, value, all, timestamp);
    }

    /** The same message without these headers. */
    public Message<K, V> withoutHeaders(Iterable<String> names) {
        Map<String, String> rest = new HashMap<>(headers);
        names.forEach(rest::remove);
        return new Message<>(key, value, rest, timestamp);
    }

    /** The same message with another value. */
    public <W> Message<K, W> withValue(@Nullable W other) {
        return new Message<>(key, other, headers, timestamp);
    }
}
