package io.orderflow.inventory.domain;

import io.orderflow.events.OrderId;
import java.util.Optional;

/** The reservations as they are kept, one an order. */
public interface Reservations {

    Optional<Reservation> find(OrderId orderId);

    /** Adds the reservation of an order that has none; fails if it has one. */
    void add(Reservation reservation);

    /** Keeps what became of a reservation whose status was RESERVED; fails if it was not. */
    void update(Reservation reservation);
}
