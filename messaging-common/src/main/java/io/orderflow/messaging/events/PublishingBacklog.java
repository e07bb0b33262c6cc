package io.orderflow.messaging.events;

import java.time.Duration;

/**
 * How long published events have been waiting for the broker. Code that limits the time until an answer subtracts it: an event
 * that has not been sent cannot be answered. There is a bean where events go through the outbox.
 */
@FunctionalInterface
public interface PublishingBacklog {

    /**
     * The age of the oldest event that is due and not sent, of all instances on this database; zero if there is none. Queries
     * the database. Events of uncommitted transactions and parked events are not counted.
     */
    Duration oldest();
}
