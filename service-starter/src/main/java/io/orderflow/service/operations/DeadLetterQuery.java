package io.orderflow.service.operations;

import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetterState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are asked for.
 *
 * @param from that failed last at this time or later, ISO-8601
 * @param to that failed last before this time
 */
record DeadLetterQuery(
        @Nullable String group,
        @Nullable String topic,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable DeadLetterState state) {

    DeadLetterFilter filter() {
        return new DeadLetterFilter(group, topic, type, fingerprint, from, to, state);
    }
}
