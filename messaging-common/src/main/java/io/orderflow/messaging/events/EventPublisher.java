package io.orderflow.messaging.events;

import java.time.Instant;

/**
 * Publishes events. Where the application has a database, an event is sent with the caller's transaction: it is
 * published if and only if that transaction commits, after it and usually within milliseconds, even if this process
 * dies right after the commit. Safe for many threads; the transaction is the calling thread's.
 *
 * <p>Events of one key are published in the order of their transactions, as long as these are serialised by the caller
 * (a lock on the order's row does that).
 */
public interface EventPublisher {

    /**
     * Publishes an event of a type that an {@link EventType} bean names.
     *
     * @throws IllegalArgumentException if no bean names its class
     * @throws IllegalStateException if there is an outbox, and no transaction
     */
    void publish(Object event);

    /**
     * The same, with its number among the events of its key on its topic: readers that ask for it notice by the number
     * what they missed ({@link EventSubscription#inSequence()}).
     *
     * @param number 1, 2, 3 and so on, assigned by the caller in the current transaction, under the lock that serialises
     *     the key's transactions; a version column of the row that the event is about does that
     */
    void publish(Object event, long number);

    /**
     * The same without a number, but not before that time. Such an event does not hold up others of its key.
     *
     * @throws UnsupportedOperationException if there is no outbox for it to wait in
     */
    void publishNotBefore(Instant time, Object event);
}
