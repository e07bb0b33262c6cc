package io.orderflow.console.services;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A redrive of many dead letters, and its progress.
 *
 * @param note why it stopped
 * @param matched how many dead letters matched when it started
 * @param refused how many it has skipped
 * @param failedAgain how many of those that it redrove have failed again
 */
public record RedriveJob(
        UUID id,
        Order order,
        String state,
        String startedBy,
        Instant startedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String note,
        int matched,
        int redriven,
        int refused,
        int failedAgain) {

    /** How it redrives. */
    public record Order(boolean dryRun, int perSecond, boolean stopOnFailure) {}

    public boolean isRunning() {
        return "RUNNING".equals(state);
    }
}
