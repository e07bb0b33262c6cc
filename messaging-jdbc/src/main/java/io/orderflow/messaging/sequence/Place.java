package io.orderflow.messaging.sequence;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.SequenceNumber;
import io.orderflow.messaging.handling.Subscription;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event in the sequence of its key, for one group.
 *
 * @param group the consumer group
 * @param topic the topic, also where the event comes from the group's retries
 * @param source who numbered it
 * @param key what the numbers are counted for
 * @param number the event's
 */
public record Place(String group, String topic, String source, String key, long number) {

    /** The longest key or source of a foreign producer that is stored. */
    static final int MAX_LENGTH = 200;

    /** A message's place; empty if it has none, because it states no number or no key that could be kept. */
    static Optional<Place> of(Message<String, byte[]> message, Subscription subscription) {
        OptionalLong number = SequenceNumber.of(message);
        String key = message.key();
        String source = Objects.requireNonNullElse(message.header(Headers.SOURCE), "");
        return number.isPresent() && isStorable(key) && isStorable(source)
                ? Optional.of(new Place(subscription.group(), subscription.topic(), source, key, number.getAsLong()))
                : Optional.empty();
    }

    private static boolean isStorable(@Nullable String text) {
        return text != null && text.length() <= MAX_LENGTH && text.indexOf('\0') < 0;
    }
}
