package io.orderflow.inventory.handling;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.ReservationRequest;
import io.orderflow.inventory.usecases.OrderNotSeenYetException;
import io.orderflow.inventory.usecases.ReserveStock;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles the events of order-service: reserves, releases and ships stock. */
@Configuration(proxyBeanMethods = false)
class OrderEvents {

    static final String GROUP = "inventory";

    @Bean
    EventSubscription orders(ReserveStock stock) {
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .takingUntyped()
                .on(OrderCreated.class, OrderCreated.TYPE, (created, context) -> stock.reserve(request(created)))
                .on(
                        OrderCancelled.class,
                        OrderCancelled.TYPE,
                        (cancelled, context) -> stock.release(OrderId.of(cancelled.orderId())))
                .on(
                        OrderShipped.class,
                        OrderShipped.TYPE,
                        (shipped, context) -> stock.ship(OrderId.of(shipped.orderId())))
                .ignoring(OrderConfirmed.TYPE, OrderRejected.TYPE, OrderCancellationRequested.TYPE)
                .notRetrying(InvalidOrderException.class)
                .neverAnOutage(OrderNotSeenYetException.class)
                .unitOfWork(UnitOfWork.POLL)
                .inSequence();
    }

    static ReservationRequest request(OrderCreated created) {
        OrderId orderId = OrderId.of(created.orderId());
        @Nullable List<OrderItem> items = created.items();
        if (items == null) {
            throw new InvalidOrderException("Order " + orderId + " has no items.");
        }
        return new ReservationRequest(
                orderId, items.stream().map(item -> line(orderId, item)).toList());
    }

    private static OrderLine line(OrderId orderId, @Nullable OrderItem item) {
        if (item == null || item.sku() == null) {
            throw new InvalidOrderException("Order " + orderId + " has an item without a sku.");
        }
        return new OrderLine(item.sku(), item.quantity());
    }
}
