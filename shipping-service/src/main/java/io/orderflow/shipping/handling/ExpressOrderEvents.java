package io.orderflow.shipping.handling;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderId;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.shipping.domain.ExpressOrder;
import io.orderflow.shipping.usecases.PrepareExpressOrders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Announces express orders, which order-service routes by their priority. */
@Configuration(proxyBeanMethods = false)
class ExpressOrderEvents {

    static final String GROUP = "shipping-express";

    @Bean
    EventSubscription expressOrders(PrepareExpressOrders prepare) {
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .matching("order.created.express")
                .on(
                        OrderCreated.class,
                        OrderCreated.TYPE,
                        (created, context) ->
                                prepare.announce(new ExpressOrder(OrderId.of(created.orderId()), context.time())))
                .notRetrying(InvalidOrderException.class);
    }
}
