package io.orderflow.messaging.supervision;

import java.time.Duration;

/** What a round of a loop can ask of its {@link SupervisedLoop}. */
public interface LoopControl {

    boolean isStopping();

    /** Records progress within a round that takes long. */
    void progress();

    /**
     * Waits on the loop's thread. A wake-up does not end it.
     *
     * @throws InterruptedException if the loop is stopped meanwhile
     */
    void sleep(Duration pause) throws InterruptedException;
}
