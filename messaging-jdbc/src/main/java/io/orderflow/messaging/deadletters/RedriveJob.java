package io.orderflow.messaging.deadletters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A redrive of many dead letters, and its progress.
 *
 * @param startedBy the operator
 * @param endedBy the operator who cancelled it; null otherwise
 * @param note why it stopped; null otherwise
 * @param matched how many dead letters matched when it started
 * @param redriven how many of them it has redriven
 * @param refused how many it has skipped, because they were redriven too often or no subscription reads for their group
 * @param failedAgain how many of those it redrove have failed again
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

    /** The state of a job. */
    public enum State {
        RUNNING,

        /** Every dead letter that matched was redriven or skipped, or it was a dry run. */
        COMPLETED,

        /** A dead letter failed again, and the order was to stop then. */
        STOPPED,

        CANCELLED
    }
}
