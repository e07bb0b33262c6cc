package io.orderflow.shipping.domain;

import io.orderflow.events.OrderId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores shipments, one per order. */
public interface Shipments {

    /** Adds a shipment, or returns false if its order has one. Waits for a concurrent transaction that adds one. */
    boolean add(Shipment shipment);

    void update(Shipment shipment);

    Optional<Shipment> find(String id);

    /** The shipment, locked until the current transaction ends. */
    Optional<Shipment> lock(String id);

    /** The order's shipment, locked until the current transaction ends. */
    Optional<Shipment> lockFor(OrderId orderId);

    /**
     * Some of all shipments, or of one order's, newest first.
     *
     * @param after the id of the shipment behind which they begin; null for the newest
     */
    List<Shipment> list(@Nullable String orderId, @Nullable String after, int limit);
}
