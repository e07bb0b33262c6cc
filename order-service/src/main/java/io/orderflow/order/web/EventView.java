package io.orderflow.order.web;

import io.orderflow.order.domain.FeedEntry;
import io.orderflow.order.domain.OrderStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * What happened to an order.
 *
 * @param cursor identifies it; the parameter {@code since} for what follows
 * @param status of the order after it
 */
record EventView(String cursor, UUID orderId, Instant at, String what, OrderStatus status) {

    static EventView of(FeedEntry entry) {
        return new EventView(
                FeedCursor.of(entry.position()),
                entry.orderId(),
                entry.entry().at(),
                entry.entry().what(),
                entry.entry().status());
    }
}
