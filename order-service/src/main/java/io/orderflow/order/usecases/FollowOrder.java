package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.TimelineEntry.Cause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Draws the consequence for an order from what another service tells. */
@Service
public class FollowOrder {

    private final Orders orders;
    private final OrderLedger ledger;
    private final InstantSource clock;

    FollowOrder(Orders orders, OrderLedger ledger, InstantSource clock) {
        this.orders = orders;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @throws UnknownOrderException if there is no such order */
    @Transactional
    public void follow(@Nullable String orderId, Cause cause, BiFunction<Order, Instant, Change> consequence) {
        Order order = orders.lock(uuid(orderId)).orElseThrow(() -> new UnknownOrderException(orderId));
        ledger.keep(consequence.apply(order, clock.instant()), cause);
    }

    private static UUID uuid(@Nullable String orderId) {
        try {
            return UUID.fromString(String.valueOf(orderId));
        } catch (IllegalArgumentException e) {
            throw new UnknownOrderException(orderId);
        }
    }
}
