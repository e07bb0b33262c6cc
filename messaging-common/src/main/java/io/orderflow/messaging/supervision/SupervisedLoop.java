package io.orderflow.messaging.supervision;

import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link LoopBody} round after round on a thread of its own, until it is stopped. A round that fails, with whatever
 * {@link Throwable}, is reported to the {@link FailureReporter} and followed by a growing back-off. Only {@link
 * #requestStop} ends the loop; it does not interrupt a round that is running.
 *
 * <p>The methods are safe for many threads.
 */
public final class SupervisedLoop implements LoopControl {

    /** A loop whose rounds have been idle for so long after a failure has recovered. */
    static final Duration RECOVERED_AFTER = Duration.ofSeconds(10);

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(SupervisedLoop.class);

    private final String name;
    private final LoopBody body;
    private final Backoff backoff;
    private final FailureReporter reporter;
    private final boolean daemon;
    private final WaitableState state = new WaitableState();
    private @Nullable Thread thread;
    private boolean woken;
    private boolean backingOff;
    private volatile boolean stopping;
    private volatile int restarts;
    private volatile @Nullable Instant lastProgress;
    private volatile @Nullable LoopFailure failure;

    /**
     * @param name of the thread, and of the loop in the log
     * @param daemon whether the JVM may exit while the loop runs
     */
    public SupervisedLoop(String name, LoopBody body, Backoff backoff, FailureReporter reporter, boolean daemon) {
        this.name = name;
        this.body = body;
        this.backoff = backoff;
        this.reporter = reporter;
        this.daemon = daemon;
    }

    /** Starts the thread. Does nothing while the loop runs. */
    public synchronized void start() {
        if (!isRunning()) {
            stopping = false;
            Thread started = new Thread(this::run, name);
            started.setDaemon(daemon);
            thread = started;
            started.start();
        }
    }

    private void run() {
        boolean restarted = false;
        while (!stopping) {
            try {
                if (restarted) {
                    await(RESTART_PAUSE, false);
                }
                while (!stopping) {
                    Duration pause = round();
                    await(pause, !backingOff);
                }
            } catch (Throwable unexpected) { // thrown while a failure was handled: out of memory, for example
                restarted = true;
                restarts++;
                logRestart(unexpected);
            }
        }
        try {
            body.close();
        } catch (Throwable e) {
            log.debug("{}: closing failed after the last round", name, e);
        }
    }

    private void logRestart(Throwable unexpected) {
        try {
            log.error("{}: handling a failure failed, too; restarted {} time(s)", name, restarts, unexpected);
        } catch (Throwable e) {
            // the loop has to go on, even if nothing can be logged
        }
    }

    /** Runs one round and returns the pause after it. */
    Duration round() {
        try {
            Round round = body.run(this);
            backingOff = false;
            progress();
            LoopFailure before = failure;
            if (before != null
                    && (round.conclusive()
                            || reporter.now().isAfter(before.last().plus(RECOVERED_AFTER)))) {
                failure = null;
                reporter.recovered(name);
            }
            return round.pause();
        } catch (Throwable e) {
            reset(e);
            return stopping ? Duration.ZERO : backOff(e);
        }
    }

    private void reset(Throwable cause) {
        try {
            body.reset();
        } catch (Throwable e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
    }

    private Duration backOff(Throwable cause) {
        backingOff = true;
        LoopFailure before = failure;
        Instant now = reporter.now();
        LoopFailure current = before == null
                ? new LoopFailure(now, now, 1, cause)
                : new LoopFailure(before.since(), now, before.count() + 1, cause);
        failure = current;
        reporter.failed(name, cause);
        return backoff.after(current.count(), ThreadLocalRandom.current()::nextDouble);
    }

    private void await(Duration pause, boolean wakeable) {
        try {
            state.await(() -> stopping || wakeable && woken, pause);
        } catch (InterruptedException e) {
            // only requestStop() ends the loop
        }
        state.change(() -> woken = false); // the next round begins after this
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        await(pause, false);
        if (stopping) {
            throw new InterruptedException(name + " is stopped.");
        }
    }

    /** Ends the current pause, unless it is a back-off; without a pause, skips the next one. */
    public void wake() {
        state.change(() -> woken = true);
    }

    /** Ends the loop after the current round. Returns at once. */
    public void requestStop() {
        state.change(() -> stopping = true);
    }

    /** Ends the loop after the current round, and waits for that. Returns whether it has ended. */
    public boolean stop(Duration patience) {
        requestStop();
        try {
            return awaitEnd(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !isRunning();
        }
    }

    /** Waits until the loop has ended; returns whether it has. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        Thread current = current();
        if (current != null) {
            current.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience.toNanos())));
        }
        return current == null || !current.isAlive();
    }

    /** Interrupts the round that is running. */
    public void interrupt() {
        Thread current = current();
        if (current != null) {
            current.interrupt();
        }
    }

    private synchronized @Nullable Thread current() {
        return thread;
    }

    public boolean isRunning() {
        Thread current = current();
        return current != null && current.isAlive();
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void progress() {
        lastProgress = reporter.now();
    }

    public String name() {
        return name;
    }

    /** How often the loop was restarted because handling a failure had failed. */
    public int restarts() {
        return restarts;
    }

    /** When a round last succeeded or recorded progress; null before the first time. */
    public @Nullable Instant lastProgress() {
        return lastProgress;
    }

    /** The failures since the last success; null if there are none. */
    public @Nullable LoopFailure failure() {
        return failure;
    }
}
