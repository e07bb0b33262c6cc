package io.orderflow.messaging.runtime;

import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.supervision.WaitableState;
import java.time.Duration;

/**
 * Stops the handling of a poll, in two steps: {@link #stop} lets it finish what was polled and ends all waits; {@link
 * #giveBack} returns what is not begun to the broker. {@link #revokePoll} does the latter for the current poll only.
 */
final class StopSignal implements StopCheck {

    private final WaitableState state = new WaitableState();
    private volatile boolean stopping;
    private volatile boolean overdue;
    private volatile boolean revoked;

    void stop() {
        state.change(() -> stopping = true);
    }

    void giveBack() {
        state.change(() -> {
            overdue = true;
            stopping = true;
        });
    }

    /** The partitions of the current poll were revoked: no more of its messages may be begun. */
    void revokePoll() {
        state.change(() -> revoked = true);
    }

    void resumeAfterRevocation() {
        state.change(() -> revoked = false);
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
        if (state.await(() -> stopping || revoked, pause)) {
            throw new InterruptedException("Stopped while waiting for a retry; the message goes back.");
        }
    }
}
