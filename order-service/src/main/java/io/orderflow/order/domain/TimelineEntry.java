package io.orderflow.order.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an order.
 *
 * @param at when
 * @param what in a sentence
 * @param status the order's status after it
 * @param cause the event that brought it about; null where a request of the customer did
 */
public record TimelineEntry(
        Instant at,
        String what,
        OrderStatus status,
        @Nullable Cause cause) {

    /**
     * An event of another service.
     *
     * @param eventType its type
     * @param eventId its id, the same in the logs of all services
     */
    public record Cause(String eventType, String eventId) {}
}
