package io.orderflow.messaging.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects the dead letters that match everything that is not null.
 *
 * @param from dead-lettered last at this time or later
 * @param to dead-lettered last before this time
 * @param key of the message
 * @param text part of the reason, the cause or the type, in any case
 */
public record DeadLetterFilter(
        @Nullable String group,
        @Nullable String topic,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable DeadLetterState state,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String text) {

    public static DeadLetterFilter all() {
        return new DeadLetterFilter(null, null, null, null, null, null, null, null, null, null);
    }

    /** The same, of one state. */
    public DeadLetterFilter in(DeadLetterState one) {
        return new DeadLetterFilter(group, topic, type, fingerprint, from, to, one, key, messageId, text);
    }
}
