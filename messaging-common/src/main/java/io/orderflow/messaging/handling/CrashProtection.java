package io.orderflow.messaging.handling;

/** Protects the processes of an application against messages that end them. Made for one member of a subscription. */
public interface CrashProtection {

    /** Around each poll. */
    BatchMiddleware poll();

    /** Around each message, inside its retries. */
    HandlerMiddleware message();

    /** Around a poll that is handled as a whole. It throws if the poll has to be handled message by message. */
    AtomicBatch together(AtomicBatch batch);
}
