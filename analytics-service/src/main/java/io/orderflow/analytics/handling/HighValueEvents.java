package io.orderflow.analytics.handling;

import io.orderflow.analytics.usecases.RecordResults;
import io.orderflow.events.HighValueOrder;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the orders of a high value from their topic, as any other service may. */
@Configuration(proxyBeanMethods = false)
class HighValueEvents {

    @Bean
    EventSubscription highValueOrders(RecordResults results) {
        return EventSubscription.of(Topics.HIGH_VALUE_ORDERS, OrderEvents.GROUP)
                .on(HighValueOrder.class, HighValueOrder.TYPE, (order, context) -> results.record(order))
                .unitOfWork(UnitOfWork.POLL);
    }
}
