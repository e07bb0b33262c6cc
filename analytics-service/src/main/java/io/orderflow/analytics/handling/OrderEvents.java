package io.orderflow.analytics.handling;

import io.orderflow.analytics.KafkaStreamsChosen;
import io.orderflow.analytics.SubscriptionChosen;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.usecases.CountOrders;
import io.orderflow.analytics.usecases.RebuildResults;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventBatchHandler;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.Replay;
import io.orderflow.messaging.events.ReplayStarted;
import io.orderflow.messaging.events.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Handles the events of order-service. */
@Configuration(proxyBeanMethods = false)
class OrderEvents {

    static final String GROUP = "analytics";

    private final InstantSource clock;
    private final RebuildResults rebuilt;

    OrderEvents(InstantSource clock, RebuildResults rebuilt) {
        this.clock = clock;
        this.rebuilt = rebuilt;
    }

    /** Counts the orders of a poll at once: the inbox drops duplicates, and its rows and the results are committed together. */
    @Bean
    @Conditional(SubscriptionChosen.class)
    EventSubscription orders(CountOrders orders) {
        return counting(orders::count).replayable(Replay.through(rebuilding()));
    }

    /** Dead-letters the events that the topology cannot count. It counts none itself. */
    @Bean
    @Conditional(KafkaStreamsChosen.class)
    EventSubscription checkedOrders() {
        return subscription()
                .on(OrderCreated.class, OrderCreated.TYPE, this::placed)
                .on(OrderConfirmed.class, OrderConfirmed.TYPE, this::confirmed)
                .unitOfWork(UnitOfWork.POLL)
                .replayable(Replay.through(rebuilding()));
    }

    /** Counts orders from nothing, beside the live results; for replays alone. */
    private EventSubscription rebuilding() {
        return counting(rebuilt::count);
    }

    private EventSubscription counting(EventBatchHandler<OrderStep> orders) {
        return subscription()
                .onBatch(OrderCreated.class, OrderCreated.TYPE, this::placed, orders)
                .onBatch(OrderConfirmed.class, OrderConfirmed.TYPE, this::confirmed, orders);
    }

    @EventListener
    void clear(ReplayStarted started) {
        rebuilt.clear();
    }

    private static EventSubscription subscription() {
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .takingUntyped()
                .ignoring(OrderRejected.TYPE, OrderCancellationRequested.TYPE, OrderCancelled.TYPE, OrderShipped.TYPE)
                .notRetrying(InvalidOrderException.class);
    }

    private OrderStep placed(OrderCreated created, EventContext context) {
        return OrderStep.placed(created, time(context));
    }

    private OrderStep confirmed(OrderConfirmed confirmed, EventContext context) {
        return OrderStep.confirmed(confirmed, time(context));
    }

    private Instant time(EventContext context) {
        return OrderStep.timeOf(context.time(), clock.instant());
    }
}
