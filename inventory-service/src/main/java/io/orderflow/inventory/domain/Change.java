package io.orderflow.inventory.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a reservation.
 *
 * @param reservation its new state
 * @param movement what happens to the stock of its lines; null for nothing
 * @param events what there is to tell others
 */
public record Change(Reservation reservation, @Nullable StockMovement movement, List<Record> events) {

    public Change {
        events = List.copyOf(events);
    }
}
