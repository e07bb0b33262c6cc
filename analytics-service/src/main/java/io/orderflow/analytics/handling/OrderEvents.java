package io.orderflow.analytics.handling;

import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.usecases.CountOrder;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts orders event by event: the inbox drops duplicates, and the results are committed with it. */
@Configuration(proxyBeanMethods = false)
class OrderEvents {

    static final String GROUP = "analytics";

    @Bean
    EventSubscription orders(CountOrder orders, InstantSource clock) {
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .takingUntyped()
                .on(
                        OrderCreated.class,
                        OrderCreated.TYPE,
                        (created, context) -> orders.count(
                                OrderStep.placed(created, OrderStep.timeOf(context.time(), clock.instant()))))
                .on(
                        OrderConfirmed.class,
                        OrderConfirmed.TYPE,
                        (confirmed, context) -> orders.count(
                                OrderStep.confirmed(confirmed, OrderStep.timeOf(context.time(), clock.instant()))))
                .ignoring(OrderRejected.TYPE, OrderCancellationRequested.TYPE, OrderCancelled.TYPE, OrderShipped.TYPE)
                .notRetrying(InvalidOrderException.class)
                .unitOfWork(UnitOfWork.POLL);
    }
}
