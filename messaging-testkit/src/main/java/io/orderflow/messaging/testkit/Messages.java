package io.orderflow.messaging.testkit;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Messages for tests: a text as payload and an id of its own. */
public final class Messages {

    private Messages() {}

    /** A message with this text and a new {@link Headers#ID}. */
    public static Message<String, byte[]> text(@Nullable String key, String text) {
        return bytes(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A message with these bytes and a new {@link Headers#ID}. */
    public static Message<String, byte[]> bytes(@Nullable String key, byte @Nullable [] value) {
        return new Message<>(key, value, Map.of(Headers.ID, UUID.randomUUID().toString()), Instant.now());
    }

    /** The payload of a delivery as text. */
    public static String textOf(Delivery<String, byte[]> delivery) {
        byte[] value = delivery.message().value();
        return value == null ? "(null)" : new String(value, StandardCharsets.UTF_8);
    }

    /** The payloads of deliveries as texts. */
    public static List<String> textsOf(Collection<Delivery<String, byte[]>> deliveries) {
        return deliveries.stream().map(Messages::textOf).toList();
    }

    /** {@code "1", "2"} and so on. */
    static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }
}
