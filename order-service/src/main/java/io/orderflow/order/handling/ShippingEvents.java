package io.orderflow.order.handling;

import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Parcel;
import io.orderflow.order.usecases.UpdateOrder;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles the events of shipping-service: marks an order as shipped, or cancels it. */
@Configuration(proxyBeanMethods = false)
class ShippingEvents {

    private final UpdateOrder updateOrder;

    ShippingEvents(UpdateOrder updateOrder) {
        this.updateOrder = updateOrder;
    }

    @Bean
    EventSubscription shipping() {
        return OrderSubscriptions.subscription(Topics.SHIPPING)
                .on(ShipmentDispatched.class, ShipmentDispatched.TYPE, this::dispatched)
                .on(ShipmentWithdrawn.class, ShipmentWithdrawn.TYPE, this::withdrawn);
    }

    private void dispatched(ShipmentDispatched event, EventContext context) {
        Parcel parcel = new Parcel(
                Objects.requireNonNullElse(event.carrier(), "unknown"),
                Objects.requireNonNullElse(event.trackingNumber(), "unknown"));
        updateOrder.apply(
                event.orderId(), OrderSubscriptions.cause(context), (order, now) -> order.dispatched(parcel, now));
    }

    private void withdrawn(ShipmentWithdrawn event, EventContext context) {
        updateOrder.apply(event.orderId(), OrderSubscriptions.cause(context), Order::withdrawn);
    }
}
