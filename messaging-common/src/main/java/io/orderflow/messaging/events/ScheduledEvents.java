package io.orderflow.messaging.events;

import java.time.Instant;
import java.util.List;

/**
 * Publishes events at a later time, unless they are cancelled before. Needs the outbox of messaging-jdbc. Thread-safe; the
 * transaction is that of the calling thread, and it is needed for every change: an event is scheduled or cancelled if and only if
 * that transaction commits.
 *
 * <p>A scheduled event survives restarts. When it is due it is published at least once, usually within a second, or as soon as
 * the application runs and the broker is available. It is not part of the order of its key.
 */
public interface ScheduledEvents {

    /** The longest name of a schedule. */
    int MAX_NAME_LENGTH = 200;

    /** How many days ahead an event can be scheduled. */
    int MAX_DAYS_AHEAD = 366;

    /**
     * Schedules an event. One that is scheduled under the same name is replaced, unless it is being published.
     *
     * @param name unique in the application's database, like {@code reminder-of-order-17}; at most {@value #MAX_NAME_LENGTH}
     *     characters, without control characters
     * @param due by the database's clock; a time that has passed means at once. It is the event's time, too
     * @throws IllegalArgumentException if the name or the time is not possible, or no {@link EventType} bean names the event's class
     * @throws IllegalStateException if there is no transaction
     */
    void schedule(String name, Object event, Instant due);

    /**
     * Cancels a scheduled event.
     *
     * @return true if it is never published, provided that the transaction commits; false if there is none of this name, or it
     *     has been or is being published
     * @throws IllegalStateException if there is no transaction
     */
    boolean cancel(String name);

    /** The events that can be cancelled, the next one first; at most this many. */
    List<ScheduledEvent> list(int limit);
}
