package io.orderflow.shipping.domain;

import io.orderflow.events.OrderId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shipments as they are kept, one an order. */
public interface Shipments {

    /** Adds a shipment, unless its order has one: false. Waits for another transaction that is adding one. */
    boolean add(Shipment shipment);

    void update(Shipment shipment);

    Optional<Shipment> find(String id);

    /** The shipment, locked until the current transaction ends. */
    Optional<Shipment> lock(String id);

    /** The order's shipment, locked until the current transaction ends. */
    Optional<Shipment> lockFor(OrderId orderId);

    /** Some of all shipments, newest first, or only the order's. */
    List<Shipment> list(@Nullable String orderId, int limit, long offset);

    long count(@Nullable String orderId);
}
