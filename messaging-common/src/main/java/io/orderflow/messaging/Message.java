package io.orderflow.messaging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What travels: a key that decides about order, a value, headers and the time it was made.
 *
 * <p>The key, the value and every header come back from any broker as they were sent, non-ASCII and empty ones
 * included; a null key and a null value stay null. A header's value is never null, and its name consists of visible
 * ASCII characters. The timestamp has a precision of milliseconds, because that is what every broker keeps: it is
 * truncated here, so that two equal messages are equal on both sides of a broker.
 *
 * <p>Immutable, as long as the value is: an array is neither copied nor compared by content.
 *
 * @param key messages with an equal key keep their order within a topic; null for a message without an order
 * @param value the payload
 * @param headers names and values, in no order; see {@link Headers} for those that mean something here
 * @param timestamp when it was made, in the producer's clock
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

    /** The same message with one header more, or with another value for it. */
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

    /** The same message around another value. */
    public <W> Message<K, W> withValue(@Nullable W other) {
        return new Message<>(key, other, headers, timestamp);
    }
}
