package io.orderflow.messaging.runtime;

import io.orderflow.messaging.policy.Sleeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a loop is told to stop, in two steps: finish what was polled; and, when that takes too long, give the rest back.
 * Waits end at once with the first step.
 */
final class StopSignal implements Sleeper {

    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean overdue;

    void stop() {
        stop.countDown();
    }

    void giveBack() {
        overdue = true;
        stop();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    void throwIfOverdue() throws InterruptedException {
        if (overdue) {
            throw new InterruptedException("Stopped before everything polled was handled; the rest goes back.");
        }
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("Stopped while waiting for a retry; the message goes back.");
        }
    }
}
