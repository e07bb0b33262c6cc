package io.orderflow.analytics.handling;

import io.orderflow.analytics.KafkaStreamsChosen;
import io.orderflow.analytics.SubscriptionChosen;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.usecases.CountOrder;
import io.orderflow.analytics.usecases.RebuildResults;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.Replay;
import io.orderflow.messaging.events.ReplayStarted;
import io.orderflow.messaging.events.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
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

    /** Counts orders event by event: the inbox drops duplicates, and its rows and the results are committed together. */
    @Bean
    @Conditional(SubscriptionChosen.class)
    EventSubscription orders(CountOrder orders) {
        return subscription(orders::count).unitOfWork(UnitOfWork.POLL).replayable(Replay.through(rebuilding()));
    }

    /** Dead-letters the events that the topology cannot count. It counts none itself. */
    @Bean
    @Conditional(KafkaStreamsChosen.class)
    EventSubscription checkedOrders() {
        return subscription(step -> {}).unitOfWork(UnitOfWork.SELF_MANAGED).replayable(Replay.through(rebuilding()));
    }

    /** Counts orders from nothing, beside the live results; for replays alone. */
    private EventSubscription rebuilding() {
        return subscription(rebuilt::count).unitOfWork(UnitOfWork.POLL);
    }

    @EventListener
    void clear(ReplayStarted started) {
        rebuilt.clear();
    }

    private EventSubscription subscription(Consumer<OrderStep> handler) {
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .takingUntyped()
                .on(
                        OrderCreated.class,
                        OrderCreated.TYPE,
                        (created, context) -> handler.accept(OrderStep.placed(created, time(context))))
                .on(
                        OrderConfirmed.class,
                        OrderConfirmed.TYPE,
                        (confirmed, context) -> handler.accept(OrderStep.confirmed(confirmed, time(context))))
                .ignoring(OrderRejected.TYPE, OrderCancellationRequested.TYPE, OrderCancelled.TYPE, OrderShipped.TYPE)
                .notRetrying(InvalidOrderException.class);
    }

    private Instant time(EventContext context) {
        return OrderStep.timeOf(context.time(), clock.instant());
    }
}
