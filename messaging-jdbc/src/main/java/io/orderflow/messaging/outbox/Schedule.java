package io.orderflow.messaging.outbox;

import io.orderflow.messaging.events.ScheduledEvents;
import java.time.Duration;
import java.time.Instant;

/**
 * The name of a scheduled message and when it is to be sent.
 *
 * @param name as in {@link ScheduledEvents#schedule}
 * @param due at most {@value ScheduledEvents#MAX_DAYS_AHEAD} days ahead; a time that has passed becomes the current time
 */
public record Schedule(String name, Instant due) {

    /** @throws IllegalArgumentException if one of them is not possible */
    public Schedule {
        if (name == null
                || name.isBlank()
                || name.length() > ScheduledEvents.MAX_NAME_LENGTH
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A schedule's name has 1 to " + ScheduledEvents.MAX_NAME_LENGTH
                    + " characters and no control characters; "
                    + (name == null ? "it is null" : "this one has " + name.length() + " characters")
                    + ". Nothing was scheduled.");
        }
        if (due == null) {
            throw new IllegalArgumentException("'" + name + "' has no due time. Nothing was scheduled.");
        }
        Instant now = Instant.now();
        if (due.isAfter(now.plus(Duration.ofDays(ScheduledEvents.MAX_DAYS_AHEAD)))) {
            throw new IllegalArgumentException("'" + name + "' is due at " + due + ", which is more than "
                    + ScheduledEvents.MAX_DAYS_AHEAD + " days ahead. Nothing was scheduled.");
        }
        due = due.isBefore(now) ? now : due;
    }
}
