package io.orderflow.order.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an order's timeline.
 *
 * @param at when it happened
 * @param what what happened, as a sentence
 * @param status the status after it
 * @param cause the event that caused it; null for a client's request or a deadline
 */
public record TimelineEntry(
        Instant at,
        String what,
        OrderStatus status,
        @Nullable Cause cause) {

    /**
     * The type and the id of an event of another service.
     */
    public record Cause(String eventType, String eventId) {}
}
