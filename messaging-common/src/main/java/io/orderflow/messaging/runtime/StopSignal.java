package io.orderflow.messaging.runtime;

import io.orderflow.messaging.policy.Sleeper;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How a loop is told to stop, in two steps: finish what was polled; and, when that takes too long, give the rest back.
 * Waits end at once with the first step. Also how a handler is told that the rest of its poll went to other members.
 */
final class StopSignal implements Sleeper {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean stopping;
    private volatile boolean overdue;
    private volatile boolean pollLost;

    void stop() {
        tell(() -> stopping = true);
    }

    void giveBack() {
        tell(() -> {
            overdue = true;
            stopping = true;
        });
    }

    /** The member has lost its place: what is not begun is not to be begun. */
    void losePoll() {
        tell(() -> pollLost = true);
    }

    void goOnAfterLostPoll() {
        tell(() -> pollLost = false);
    }

    boolean isStopping() {
        return stopping;
    }

    /** For who is waiting only: it has begun nothing yet that could be finished. */
    void throwIfStopping() throws InterruptedException {
        if (stopping || pollLost) {
            throw new InterruptedException("Stopped while waiting for another member; the message goes back.");
        }
    }

    void throwIfOverdue() throws InterruptedException {
        if (overdue || pollLost) {
            throw new InterruptedException("Stopped before everything polled was handled; the rest goes back.");
        }
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        long left = pause.toNanos();
        lock.lock();
        try {
            while (left > 0) {
                if (stopping || pollLost) {
                    throw new InterruptedException("Stopped while waiting for a retry; the message goes back.");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
