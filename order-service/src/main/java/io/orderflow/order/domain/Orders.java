package io.orderflow.order.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The repository of orders. */
public interface Orders {

    void add(Order order);

    void update(Order order);

    Optional<Order> find(UUID id);

    /** Finds an order and locks it until the current transaction ends. */
    Optional<Order> lock(UUID id);

    /**
     * The orders of this customer, or of all customers if it is null; the latest first.
     *
     * @param after begins behind this order, with those that were placed before it
     */
    List<Order> list(@Nullable String customerId, @Nullable UUID after, int limit);

    /** Orders that have had this status since before this time, the longest waiting first. */
    List<UUID> waiting(OrderStatus status, Instant before, int limit);

    /** Orders with this status without a timeline entry after this time, the longest waiting first. */
    List<UUID> unchangedSince(OrderStatus status, Instant since, int limit);

    /** The number of orders that have had this status since before this time. */
    long countWaiting(OrderStatus status, Instant before);
}
