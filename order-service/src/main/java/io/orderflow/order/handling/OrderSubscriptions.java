package io.orderflow.order.handling;

import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.order.domain.TimelineEntry.Cause;
import io.orderflow.order.usecases.UnknownOrderException;

/** What the subscriptions of this service have in common: their handlers use only the database. */
final class OrderSubscriptions {

    static final String GROUP = "order";

    private OrderSubscriptions() {}

    static EventSubscription subscription(String topic) {
        return EventSubscription.of(topic, GROUP)
                .takingUntyped()
                .notRetrying(UnknownOrderException.class)
                .unitOfWork(UnitOfWork.POLL);
    }

    static Cause cause(EventContext context) {
        return new Cause(context.type(), context.id());
    }
}
