package io.orderflow.inventory.domain;

import java.util.Optional;

/** The reservations as they are kept, one an order. */
public interface Reservations {

    Optional<Reservation> find(OrderId orderId);

    void save(Reservation reservation);
}
