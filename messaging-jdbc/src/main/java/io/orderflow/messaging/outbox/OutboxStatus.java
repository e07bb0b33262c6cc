package io.orderflow.messaging.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an outbox, for gauges and health.
 *
 * @param rows rows of all instances that could be sent now; counted up to {@link #MOST_COUNTED}
 * @param oldestAge the age of the oldest of them; zero if there is none
 * @param parked rows that the broker rejected, and those behind them; counted up to {@link #MOST_COUNTED}
 * @param failingSince since when this instance cannot send, or cannot use its database; null if it can
 * @param failure why
 */
public record OutboxStatus(
        long rows,
        Duration oldestAge,
        long parked,
        @Nullable Instant failingSince,
        @Nullable String failure) {

    /** Counting further would cost more than it is worth. */
    public static final int MOST_COUNTED = 10_000;
}
