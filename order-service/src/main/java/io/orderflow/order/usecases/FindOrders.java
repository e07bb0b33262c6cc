package io.orderflow.order.usecases;

import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.Timeline;
import io.orderflow.order.domain.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds orders and their timelines. */
@Service
public class FindOrders {

    /** How many orders are waiting in a status, and the one that has waited longest; null if there is none. */
    public record Waiting(long orders, @Nullable UUID longest) {}

    private final Orders orders;
    private final Timeline timeline;
    private final Caller caller;

    FindOrders(Orders orders, Timeline timeline, Caller caller) {
        this.orders = orders;
        this.timeline = timeline;
        this.caller = caller;
    }

    /** @throws UnknownOrderException if there is no such order for the caller */
    public Order byId(UUID id) {
        return orders.find(id)
                .filter(order -> caller.mayReadOrdersOf(order.customerId()))
                .orElseThrow(() -> new UnknownOrderException(id));
    }

    /**
     * The orders of this customer, or of all whom the caller may see if it is null; the latest first.
     *
     * @param after begins behind this order, with those that were placed before it
     */
    public List<Order> list(@Nullable String customerId, @Nullable UUID after, int limit) {
        String customer = customerId == null ? caller.customer().orElse(null) : customerId;
        return customer == null || caller.mayReadOrdersOf(customer) ? orders.list(customer, after, limit) : List.of();
    }

    /** Orders that have had this status since before this time. */
    public Waiting waiting(OrderStatus status, Instant before) {
        return new Waiting(
                orders.countWaiting(status, before),
                orders.waiting(status, before, 1).stream().findFirst().orElse(null));
    }

    /**
     * Returns the timeline of an order.
     *
     * @throws UnknownOrderException if there is no such order
     */
    public List<TimelineEntry> timeline(UUID id) {
        return timeline.of(byId(id).id());
    }
}
