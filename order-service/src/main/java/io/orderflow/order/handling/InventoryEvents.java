package io.orderflow.order.handling;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.order.domain.Order;
import io.orderflow.order.usecases.UpdateOrder;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles the events of inventory-service: confirms an order when everything is reserved, and rejects it otherwise. */
@Configuration(proxyBeanMethods = false)
class InventoryEvents {

    private final UpdateOrder updateOrder;

    InventoryEvents(UpdateOrder updateOrder) {
        this.updateOrder = updateOrder;
    }

    @Bean
    EventSubscription inventory() {
        return OrderSubscriptions.subscription(Topics.INVENTORY)
                .on(InventoryReserved.class, InventoryReserved.TYPE, this::reserved)
                .on(InventoryRejected.class, InventoryRejected.TYPE, this::rejected);
    }

    private void reserved(InventoryReserved event, EventContext context) {
        updateOrder.apply(event.orderId(), OrderSubscriptions.cause(context), Order::reserved);
    }

    private void rejected(InventoryRejected event, EventContext context) {
        String reason = Objects.requireNonNullElse(event.reason(), "not available");
        List<String> skus = Objects.requireNonNullElse(event.skus(), List.of());
        updateOrder.apply(
                event.orderId(), OrderSubscriptions.cause(context), (order, now) -> order.rejected(reason, skus, now));
    }
}
