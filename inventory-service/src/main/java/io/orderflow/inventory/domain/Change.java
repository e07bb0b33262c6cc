package io.orderflow.inventory.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation on a reservation.
 *
 * @param reservation the new state
 * @param movement the movement of stock for each line; null for none
 * @param events the events to publish
 */
public record Change(Reservation reservation, @Nullable StockMovement movement, List<Record> events) {

    public Change {
        events = List.copyOf(events);
    }
}
