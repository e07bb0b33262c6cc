package io.orderflow.messaging.rabbit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wakes the polling thread when messages have arrived, partitions have to be yielded or a consumer has failed. */
final class WakeUpSignal {

    private boolean signalled;
    private volatile @Nullable String failure;

    synchronized void signal() {
        if (!signalled) {
            signalled = true;
            notifyAll();
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
    synchronized boolean await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (!signalled && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        }
        boolean result = signalled;
        signalled = false;
        return result;
    }
}
