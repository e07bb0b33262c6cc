package io.orderflow.messaging.rabbit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wakes the thread that polls: something came, something is to be done, or the member has lost its place. */
final class WakeUpSignal {

    private boolean rung;
    private volatile @Nullable String lost;

    synchronized void ring() {
        if (!rung) {
            rung = true;
            notifyAll();
        }
    }

    void lose(String reason) {
        lost = reason;
        ring();
    }

    /** Why the member's place is lost; null while it is not. */
    @Nullable
    String lost() {
        return lost;
    }

    /** Waits until it rings, or has rung since the last time; false when the time is up. */
    synchronized boolean await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (!rung && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        }
        boolean answer = rung;
        rung = false;
        return answer;
    }
}
