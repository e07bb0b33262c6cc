package io.orderflow.messaging.outbox;

import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;

/**
 * Options of a relay.
 *
 * @param lease how long a relay that has crashed or is frozen keeps its partitions from others
 * @param longestIdle the longest interval between two polls for rows of other instances; a commit in its own process wakes the relay
 * @param maxBatchRows the most rows that are fetched and sent at once
 * @param maxBatchBytes about the most bytes of payload that are fetched and sent at once
 * @param backoff the pauses while a topic cannot be sent to, or the database is unavailable
 */
public record RelayOptions(
        Duration lease, Duration longestIdle, int maxBatchRows, long maxBatchBytes, Backoff backoff) {

    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);
    public static final Duration DEFAULT_LONGEST_IDLE = Duration.ofMillis(250);
    public static final int DEFAULT_MAX_BATCH_ROWS = 500;
    public static final long DEFAULT_MAX_BATCH_BYTES = 4 * 1024 * 1024;
    public static final Backoff DEFAULT_BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    public RelayOptions {
        if (lease.toMillis() < 100 || longestIdle.toMillis() < 1 || maxBatchRows < 1 || maxBatchBytes < 1) {
            throw new IllegalArgumentException("A relay needs a lease of at least 100 ms, a longest idle time of at"
                    + " least 1 ms, and batches of at least 1 row and 1 byte; this is lease=" + lease
                    + ", longestIdle=" + longestIdle + ", maxBatchRows=" + maxBatchRows + ", maxBatchBytes="
                    + maxBatchBytes + ".");
        }
    }

    public static RelayOptions defaults() {
        return new RelayOptions(
                DEFAULT_LEASE, DEFAULT_LONGEST_IDLE, DEFAULT_MAX_BATCH_ROWS, DEFAULT_MAX_BATCH_BYTES, DEFAULT_BACKOFF);
    }

    public RelayOptions withLease(Duration length) {
        return new RelayOptions(length, longestIdle, maxBatchRows, maxBatchBytes, backoff);
    }

    public RelayOptions withLongestIdle(Duration longest) {
        return new RelayOptions(lease, longest, maxBatchRows, maxBatchBytes, backoff);
    }

    public RelayOptions withBackoff(Backoff pauses) {
        return new RelayOptions(lease, longestIdle, maxBatchRows, maxBatchBytes, pauses);
    }
}
