package io.orderflow.messaging.runtime;

import io.orderflow.messaging.handling.StopCheck;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops the handling of a poll, in two steps: {@link #stop} lets it finish what was polled and ends all waits; {@link
 * #giveBack} returns what is not begun to the broker. {@link #revokePoll} does the latter for the current poll only.
 */
final class StopSignal implements StopCheck {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean stopping;
    private volatile boolean overdue;
    private volatile boolean revoked;

    void stop() {
        change(() -> stopping = true);
    }

    void giveBack() {
        change(() -> {
            overdue = true;
            stopping = true;
        });
    }

    /** The partitions of the current poll were revoked: no more of its messages may be begun. */
    void revokePoll() {
        change(() -> revoked = true);
    }

    void resumeAfterRevocation() {
        change(() -> revoked = false);
    }

    boolean isStopping() {
        return stopping;
    }

    /** For waits before a message is begun. */
    @Override
    public void throwIfStopping() throws InterruptedException {
        if (stopping || revoked) {
            throw new InterruptedException("Stopped while waiting for another member; the message goes back.");
        }
    }

    @Override
    public void throwIfOverdue() throws InterruptedException {
        if (overdue || revoked) {
            throw new InterruptedException("Stopped before everything polled was handled; the rest goes back.");
        }
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        long left = pause.toNanos();
        lock.lock();
        try {
            while (left > 0) {
                if (stopping || revoked) {
                    throw new InterruptedException("Stopped while waiting for a retry; the message goes back.");
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
