package io.orderflow.messaging.policy;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long a failed message waits for its next attempt. Immutable; prints itself as a part of a sentence. */
public interface RetryDelays {

    /** The delay after the first failure, jitter apart. */
    Duration first();

    /** The longest delay, jitter apart. */
    Duration longest();

    /**
     * The delay after that many failures.
     *
     * @param failures 1 for the first
     * @param random a number from 0 to 1, for the jitter
     */
    Duration after(int failures, DoubleSupplier random);
}
