package io.orderflow.messaging.rabbit;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many messages a poll may bring, so that they are handled and committed within a time: RabbitMQ takes the messages
 * from a member that keeps one unacknowledged for too long, and gives them out again. As nothing is known of the handler
 * at first, it begins with few; from then on, what the last messages took counts. For one thread.
 */
final class PollPace {

    /** Before anything is known: at the default limit of a minute a message, that is ten minutes. */
    static final int FIRST = 10;

    private final int most;
    private final long budgetNanos;
    private final LongSupplier nanoTime;
    private int limit;
    private int uncommitted;
    private long since;

    PollPace(int most, Duration budget, LongSupplier nanoTime) {
        this.most = most;
        this.budgetNanos = budget.toNanos();
        this.nanoTime = nanoTime;
        this.limit = Math.min(FIRST, most);
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

    /** All that was polled is handled. */
    void committed() {
        if (uncommitted > 0) {
            long each = Math.max(1, (nanoTime.getAsLong() - since) / uncommitted);
            limit = (int) Math.max(1, Math.min(most, budgetNanos / each));
            uncommitted = 0;
        }
    }
}
