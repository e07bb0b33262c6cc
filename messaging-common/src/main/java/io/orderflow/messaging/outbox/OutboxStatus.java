package io.orderflow.messaging.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an outbox is doing, for gauges and health.
 *
 * @param rows rows of all instances that could be sent now; counted up to {@link #MOST_COUNTED}
 * @param oldestAge how long the oldest of them has been waiting; zero if there is none
 * @param parked rows that the broker refused, and those behind them; counted up to {@link #MOST_COUNTED}
 * @param failingSince since when this instance cannot send, or cannot reach its database; null if it can
 * @param failure why
 */
public record OutboxStatus(
        long rows,
        Duration oldestAge,
        long parked,
        @Nullable Instant failingSince,
        @Nullable String failure) {

    /** Counting further would take longer than knowing is worth. */
    public static final int MOST_COUNTED = 10_000;
}
