package io.orderflow.order.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All orders. */
public interface Orders {

    void add(Order order);

    void update(Order order);

    Optional<Order> find(UUID id);

    /** The same, and nobody else changes it until the current transaction ends. */
    Optional<Order> lock(UUID id);

    /** A customer's orders, or everybody's if it is null; the latest first. */
    List<Order> list(@Nullable String customerId, int limit, long offset);

    long count(@Nullable String customerId);

    /** Some of the orders that have been in this state since before that time, those that wait longest first. */
    List<UUID> waiting(OrderStatus status, Instant before, int limit);

    /** Some of the orders in this state about which nothing has happened since that time, the oldest first. */
    List<UUID> quiet(OrderStatus status, Instant since, int limit);

    /** How many have been in this state since before that time. */
    long countWaiting(OrderStatus status, Instant before);
}
