package io.orderflow.messaging.policy;

import java.time.Duration;

/** Waits, on the calling thread; a test's does not. */
@FunctionalInterface
public interface Sleeper {

    /** @throws InterruptedException if the wait ended because everything is to stop */
    void sleep(Duration pause) throws InterruptedException;
}
