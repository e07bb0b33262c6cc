package io.orderflow.messaging.jdbc;

import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops a loop in a phase of the application context: later phases start later and stop earlier.
 */
record LoopLifecycle(int phase, Runnable starting, Runnable stopping, BooleanSupplier running)
        implements SmartLifecycle {

    /** Starts before the web server accepts requests, and stops after the consumers, so that their last events are sent. */
    static final int RELAY = DEFAULT_PHASE - 8192;

    /** Runs only while the relay runs. */
    static final int REDRIVES = DEFAULT_PHASE - 4096;

    @Override
    public void start() {
        starting.run();
    }

    @Override
    public void stop() {
        stopping.run();
    }

    @Override
    public boolean isRunning() {
        return running.getAsBoolean();
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
