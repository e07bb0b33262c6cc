package io.orderflow.messaging.events;

import java.time.Duration;

/**
 * How long published events wait before the broker has them, for those who count the time until an answer: an event that has
 * not been sent cannot be answered. There where events go through the outbox.
 */
@FunctionalInterface
public interface PublishingBacklog {

    /**
     * How long the oldest event has been waiting that can be sent now, of all instances on this database; zero if none
     * waits. Asks the database each time. It counts from the event's row, so events of transactions that have not
     * committed are not seen yet, and parked ones, which await an operator, are not counted.
     */
    Duration oldest();
}
