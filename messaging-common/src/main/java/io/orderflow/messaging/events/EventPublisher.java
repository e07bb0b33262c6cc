package io.orderflow.messaging.events;

import java.time.Instant;

/**
 * Publishes events. In an application with a database an event is published if and only if the caller's transaction commits,
 * after the commit and usually within milliseconds, even if this process crashes right after it. Thread-safe; the transaction
 * is that of the calling thread.
 *
 * <p>Events of one key are published in the order of their transactions, as long as these are serialised by the caller
 * (a lock on the order's row does that).
 */
public interface EventPublisher {

    /**
     * Publishes an event of a type that an {@link EventType} bean names.
     *
     * @throws IllegalArgumentException if no bean names its class
     * @throws io.orderflow.messaging.MessageRejectedException if it is larger than the topic's broker accepts; nothing is stored
     * @throws IllegalStateException if there is an outbox, and no transaction
     */
    void publish(Object event);

    /**
     * The same, with its number among the events of its key on its topic, by which subscriptions detect missing events ({@link
     * EventSubscription#inSequence()}).
     *
     * @param number 1, 2, 3 and so on, assigned by the caller in the current transaction, under the lock that serialises
     *     the key's transactions; a version column of the row that the event is about does that
     */
    void publish(Object event, long number);

    /**
     * The same without a number, but not before that time, which is the event's time unless it has passed. It does not delay other
     * events of its key, and cannot be cancelled; {@link ScheduledEvents} can.
     *
     * @throws UnsupportedOperationException if there is no outbox
     */
    void publishNotBefore(Instant time, Object event);
}
