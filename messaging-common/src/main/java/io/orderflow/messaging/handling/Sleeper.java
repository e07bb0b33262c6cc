package io.orderflow.messaging.handling;

import java.time.Duration;

/** Waits on the calling thread; tests replace it. */
@FunctionalInterface
public interface Sleeper {

    /** @throws InterruptedException if the member is stopped meanwhile */
    void sleep(Duration pause) throws InterruptedException;
}
