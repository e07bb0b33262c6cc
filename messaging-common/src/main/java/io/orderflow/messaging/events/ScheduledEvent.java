package io.orderflow.messaging.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that is scheduled and not yet being published.
 *
 * @param name by which it can be replaced and cancelled
 * @param type its logical, versioned name
 * @param key of the event
 * @param topic where it will be published
 * @param due when
 */
public record ScheduledEvent(
        String name, @Nullable String type, @Nullable String key, String topic, Instant due) {}
