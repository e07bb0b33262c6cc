package io.orderflow.shipping.handling;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.usecases.PlanShipment;
import io.orderflow.shipping.usecases.WithdrawShipment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What order-service tells: an order confirmed is shipped, unless it is cancelled in time. */
@Configuration(proxyBeanMethods = false)
class OrderEvents {

    static final String GROUP = "shipping";

    @Bean
    EventSubscription orders(PlanShipment plan, WithdrawShipment withdraw) {
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .takingUntyped()
                .on(
                        OrderConfirmed.class,
                        OrderConfirmed.TYPE,
                        (confirmed, context) ->
                                plan.plan(OrderId.of(confirmed.orderId()), Priority.of(confirmed.priority())))
                .on(
                        OrderCancellationRequested.class,
                        OrderCancellationRequested.TYPE,
                        (requested, context) -> withdraw.withdraw(OrderId.of(requested.orderId())))
                .ignoring(OrderCreated.TYPE, OrderRejected.TYPE, OrderCancelled.TYPE, OrderShipped.TYPE)
                .notRetrying(InvalidOrderException.class)
                .unitOfWork(UnitOfWork.POLL)
                .inSequence();
    }
}
