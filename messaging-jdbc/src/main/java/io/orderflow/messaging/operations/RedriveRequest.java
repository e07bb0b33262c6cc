package io.orderflow.messaging.operations;

import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.RedriveOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A redrive of all waiting dead letters that match.
 *
 * @param first only the oldest ones, so many; all by default
 * @param dryRun only count them; default false
 * @param perSecond at most so many a second; default 50
 * @param stopOnFailure stop as soon as one of them fails again; default true
 */
record RedriveRequest(
        @Nullable String group,
        @Nullable String topic,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String text,
        @Nullable Integer first,
        @Nullable Boolean dryRun,
        @Nullable Integer perSecond,
        @Nullable Boolean stopOnFailure) {

    RedriveOrder order() {
        return new RedriveOrder(
                new DeadLetterFilter(group, topic, type, fingerprint, from, to, null, key, messageId, text),
                first == null ? null : RequestErrors.requireBetween("first", first, 1, Integer.MAX_VALUE),
                Boolean.TRUE.equals(dryRun),
                RequestErrors.requireBetween(
                        "perSecond",
                        perSecond == null ? RedriveOrder.DEFAULT_PER_SECOND : perSecond,
                        1,
                        RedriveOrder.MAX_PER_SECOND),
                !Boolean.FALSE.equals(stopOnFailure));
    }
}
