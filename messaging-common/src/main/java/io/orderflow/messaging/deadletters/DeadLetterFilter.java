package io.orderflow.messaging.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that fit in everything that is not null.
 *
 * @param from given up last at this time or later
 * @param to given up last before this time
 */
public record DeadLetterFilter(
        @Nullable String group,
        @Nullable String topic,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable DeadLetterState state) {

    public static DeadLetterFilter all() {
        return new DeadLetterFilter(null, null, null, null, null, null, null);
    }

    /** The same, of one state. */
    public DeadLetterFilter in(DeadLetterState one) {
        return new DeadLetterFilter(group, topic, type, fingerprint, from, to, one);
    }
}
