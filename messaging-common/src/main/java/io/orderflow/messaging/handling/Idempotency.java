package io.orderflow.messaging.handling;

/** Handles messages in transactions, each message once. Its implementation needs a database. */
public interface Idempotency {

    /**
     * One transaction a message.
     *
     * @param stop ends the wait for another member that is handling the same message
     */
    HandlerMiddleware message(Subscription subscription, StopCheck stop);

    /** Records each message after it was handled, and drops no duplicate: for handlers with transactions of their own. */
    HandlerMiddleware recording(Subscription subscription);

    /**
     * One transaction for all messages of a poll.
     *
     * @param newMessages handles those that were not handled before, in the transaction
     */
    AtomicBatch batch(Subscription subscription, AtomicBatch newMessages);
}
