package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.TimelineEntry.Cause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Applies an event of another service to an order. */
@Service
public class UpdateOrder {

    private final Orders orders;
    private final OrderRecorder recorder;
    private final InstantSource clock;

    UpdateOrder(Orders orders, OrderRecorder recorder, InstantSource clock) {
        this.orders = orders;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** @throws UnknownOrderException if there is no such order */
    @Transactional
    public void apply(@Nullable String orderId, Cause cause, BiFunction<Order, Instant, Change> transition) {
        Order order = orders.lock(uuid(orderId)).orElseThrow(() -> new UnknownOrderException(orderId));
        recorder.record(transition.apply(order, clock.instant()), cause);
    }

    private static UUID uuid(@Nullable String orderId) {
        try {
            return UUID.fromString(String.valueOf(orderId));
        } catch (IllegalArgumentException e) {
            throw new UnknownOrderException(orderId);
        }
    }
}
