package io.orderflow.messaging.spring;

import io.orderflow.messaging.deadletters.RedriveWorker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the worker of redrive jobs on a thread of its own, while the outbox's relay runs. */
final class RedriveLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RedriveLifecycle.class);
    private static final int PHASE = DEFAULT_PHASE - 4096;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RedriveWorker worker;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    RedriveLifecycle(RedriveWorker worker) {
        this.worker = worker;
    }

    /** There is something to do. */
    void wake() {
        woken.release();
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = new Thread(this::run, "redrive");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean failing = false;
        while (running) {
            Duration pause;
            try {
                pause = worker.step();
                failing = false;
            } catch (Throwable e) { // whatever it is, jobs must not stand still for ever
                if (!failing) {
                    log.warn(
                            "Redrives pause, and are tried again every {} s: {}",
                            AFTER_FAILURE.toSeconds(),
                            e.toString());
                }
                failing = true;
                pause = AFTER_FAILURE;
            }
            if (!await(pause)) {
                break;
            }
        }
        release();
    }

    private boolean await(Duration pause) {
        try {
            if (woken.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                woken.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void release() {
        try {
            worker.release();
        } catch (RuntimeException e) {
            log.debug("The redrive at hand goes on when its lease has run out: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        wake();
        if (thread != null) {
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
