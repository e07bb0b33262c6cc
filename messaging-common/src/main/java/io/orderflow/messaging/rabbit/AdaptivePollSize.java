package io.orderflow.messaging.rabbit;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The largest number of messages that a poll may return so that they are handled and committed in time: RabbitMQ closes the
 * channel of a consumer that leaves a message unacknowledged for longer than {@code consumer_timeout}. It starts small and
 * follows the handling time of the last commit. For one thread.
 */
final class AdaptivePollSize {

    /** While the handling time is unknown. At the default time limit of a minute a message, that is ten minutes. */
    static final int INITIAL = 10;

    private final int max;
    private final long budgetNanos;
    private final LongSupplier nanoTime;
    private int limit;
    private int uncommitted;
    private long since;

    AdaptivePollSize(int max, Duration budget, LongSupplier nanoTime) {
        this.max = max;
        this.budgetNanos = budget.toNanos();
        this.nanoTime = nanoTime;
        this.limit = Math.min(INITIAL, max);
    }

    int limit() {
        return limit;
    }

    void polled(int messages) {
        if (uncommitted == 0) {
            since = nanoTime.getAsLong();
        }
        uncommitted += messages;
    }

    void committed() {
        if (uncommitted > 0) {
            long perMessage = Math.max(1, (nanoTime.getAsLong() - since) / uncommitted);
            limit = (int) Math.max(1, Math.min(max, budgetNanos / perMessage));
            uncommitted = 0;
        }
    }
}
