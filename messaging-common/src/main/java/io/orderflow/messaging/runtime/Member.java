package io.orderflow.messaging.runtime;

import io.orderflow.messaging.pipeline.TimeLimit;
import io.orderflow.messaging.supervision.LoopFailure;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running member of a group: its loop, and the time limit of its handlers.
 *
 * @param outage why messages of its subscription are paused; null while they are not
 */
record Member(SupervisedLoop loop, TimeLimit limit, StopSignal stop, Supplier<@Nullable String> outage) {

    /** Finishes what was polled, then ends. */
    void drain() {
        loop.requestStop();
        stop.stop();
    }

    /** Interrupts the handler and returns to the broker what is not handled. */
    void interruptHandler() {
        stop.giveBack();
        limit.stop();
    }

    /** Ends without waiting for the handler. */
    void abandonHandler() {
        loop.interrupt();
    }

    boolean hasEnded(Duration patience) throws InterruptedException {
        return loop.awaitEnd(patience);
    }

    MemberState state() {
        return new MemberState(loop.name(), loop.isRunning(), loop.restarts(), loop.lastProgress(), problem());
    }

    private @Nullable String problem() {
        LoopFailure failure = loop.failure();
        if (failure != null) {
            return "backs off after: " + failure.cause();
        }
        String hanging = limit.problem();
        return hanging == null ? outage.get() : hanging;
    }
}
