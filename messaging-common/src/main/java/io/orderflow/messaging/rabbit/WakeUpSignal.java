package io.orderflow.messaging.rabbit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes the polling thread when messages have arrived, partitions have to be yielded or a consumer has failed. */
final class WakeUpSignal {

    private final Semaphore signals = new Semaphore(0);
    private volatile @Nullable String failure;

    void signal() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    void fail(String reason) {
        failure = reason;
        signal();
    }

    /** Why this member no longer consumes; null while it does. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Waits for a signal since the last wait; false after the time-out. */
    boolean await(Duration timeout) throws InterruptedException {
        boolean signalled = signals.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        signals.drainPermits();
        return signalled;
    }
}
