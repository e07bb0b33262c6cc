package io.orderflow.messaging.operations;

import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetterState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that select dead letters.
 *
 * @param from earliest time of the last failure, inclusive
 * @param to latest time of the last failure, exclusive
 * @param key of the message
 * @param text part of the reason, the cause or the type
 */
record DeadLetterQuery(
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

    DeadLetterFilter filter() {
        return new DeadLetterFilter(group, topic, type, fingerprint, from, to, state, key, messageId, text);
    }
}
