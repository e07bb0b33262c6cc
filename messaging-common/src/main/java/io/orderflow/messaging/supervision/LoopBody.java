package io.orderflow.messaging.supervision;

/** The work of a {@link SupervisedLoop}. All methods are called on the loop's thread. */
@FunctionalInterface
public interface LoopBody {

    /**
     * Does one round of work.
     *
     * @return when the next round is due
     * @throws Exception any failure; the loop reports it, calls {@link #reset} and tries again after a back-off
     */
    Round run(LoopControl loop) throws Exception;

    /** Releases what a failed round may have left in an unknown state. Called after each failed round. */
    default void reset() {}

    /** Releases everything. Called once, after the last round. */
    default void close() {
        reset();
    }
}
