package io.orderflow.messaging.handling;

import java.time.Duration;

/** Interrupts the handling code of one member when the member is stopped. */
public interface StopCheck extends Sleeper {

    /** Never stops, and does not wait. */
    StopCheck NEVER = new StopCheck() {
        @Override
        public void throwIfStopping() {}

        @Override
        public void throwIfOverdue() {}

        @Override
        public void sleep(Duration pause) {}
    };

    /** @throws InterruptedException if the member is to stop; for code that only waits and has begun nothing */
    void throwIfStopping() throws InterruptedException;

    /** @throws InterruptedException if messages that are not begun must be left to other members */
    void throwIfOverdue() throws InterruptedException;
}
