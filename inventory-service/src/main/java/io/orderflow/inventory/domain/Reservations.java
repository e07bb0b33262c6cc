package io.orderflow.inventory.domain;

import io.orderflow.events.OrderId;
import java.util.Optional;

/** Stores reservations, one per order. */
public interface Reservations {

    Optional<Reservation> find(OrderId orderId);

    /** Adds the reservation of an order that has none; fails if it has one. */
    void add(Reservation reservation);

    /** Updates a reservation whose stored status is RESERVED; fails if it is not. */
    void update(Reservation reservation);
}
