package io.orderflow.service.operations;

import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.RedriveOrder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A redrive of all dead letters that wait and fit.
 *
 * @param dryRun only count them; false if not given
 * @param perSecond at most so many a second; {@value RedriveOrder#DEFAULT_PER_SECOND} if not given
 * @param stopOnFailure stop as soon as one of them fails again; true if not given
 */
record RedriveRequest(
        @Nullable String group,
        @Nullable String topic,
        @Nullable String type,
        @Nullable String fingerprint,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Boolean dryRun,
        @Min(1) @Max(RedriveOrder.MAX_PER_SECOND) @Nullable Integer perSecond,
        @Nullable Boolean stopOnFailure) {

    RedriveOrder order() {
        return new RedriveOrder(
                new DeadLetterFilter(group, topic, type, fingerprint, from, to, null),
                Boolean.TRUE.equals(dryRun),
                perSecond == null ? RedriveOrder.DEFAULT_PER_SECOND : perSecond,
                !Boolean.FALSE.equals(stopOnFailure));
    }
}
