package io.orderflow.messaging.deadletters;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Limits a rate. Unused permits of the last second may be used in a burst. Measures with a monotonic clock. For one thread. */
final class RateLimiter {

    private static final long BURST = Duration.ofSeconds(1).toNanos();

    private final long each;
    private final LongSupplier nanoTime;
    private long next;

    /** @param nanoTime as {@link System#nanoTime()} */
    RateLimiter(int perSecond, LongSupplier nanoTime) {
        this.each = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** How many permits there are now. */
    int permits() {
        long now = nanoTime.getAsLong();
        if (now - next > BURST) {
            next = now - BURST;
        }
        return now - next < 0 ? 0 : (int) ((now - next) / each) + 1;
    }

    void used(int number) {
        next += number * each;
    }

    /** The time until the next permit. */
    Duration untilNext() {
        return Duration.ofNanos(Math.max(0, next - nanoTime.getAsLong()));
    }
}
