package io.orderflow.messaging.deadletters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A redrive of many dead letters, and how far it is.
 *
 * @param startedBy the operator
 * @param endedBy the operator who cancelled it; null otherwise
 * @param note why it stopped; null otherwise
 * @param matched how many letters waited and fitted when it began
 * @param redriven how many of them it has sent to their group
 * @param refused how many it has passed over, because they were redriven too often already or nobody reads for their
 *     group
 * @param failedAgain how many of those it redrove came back since
 */
public record RedriveJob(
        UUID id,
        RedriveOrder order,
        State state,
        String startedBy,
        Instant startedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String note,
        int matched,
        int redriven,
        int refused,
        int failedAgain) {

    /** Where a job is. */
    public enum State {
        RUNNING,

        /** Every letter that fitted was redriven or passed over, or it was a dry run. */
        COMPLETED,

        /** One of the letters failed again, and the order was to stop then. */
        STOPPED,

        CANCELLED
    }
}
