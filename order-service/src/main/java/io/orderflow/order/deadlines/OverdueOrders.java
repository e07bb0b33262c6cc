package io.orderflow.order.deadlines;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.usecases.FindOrders;
import io.orderflow.order.usecases.FindOrders.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts the orders that are past their deadline in a gauge, and logs an increase. */
@Component
class OverdueOrders {

    static final String METRIC = "orders.overdue";

    private static final Logger log = LoggerFactory.getLogger(OverdueOrders.class);

    private static final Map<OrderStatus, String> CONSEQUENCES = Map.of(
            OrderStatus.PENDING,
            "They are cancelled as soon as their events have been published for that long.",
            OrderStatus.CONFIRMED,
            "They stay so until shipping-service answers; redrive the dead letters of group shipping, or cancel them.",
            OrderStatus.CANCELLING,
            "The cancellation is requested again once every deadline; redrive the dead letters of group shipping.");

    private final FindOrders orders;
    private final Map<OrderStatus, Long> overdue = new ConcurrentHashMap<>();

    OverdueOrders(FindOrders orders, MeterRegistry registry) {
        this.orders = orders;
        CONSEQUENCES
                .keySet()
                .forEach(status -> Gauge.builder(METRIC, () -> overdue.getOrDefault(status, 0L))
                        .description("Orders that have had this status for longer than its deadline")
                        .tag("status", status.name())
                        .register(registry));
    }

    void count(Map<OrderStatus, Duration> deadlines, Instant now) {
        deadlines.forEach((status, deadline) -> count(status, deadline, now));
    }

    private void count(OrderStatus status, Duration deadline, Instant now) {
        Waiting waiting = orders.waiting(status, now.minus(deadline));
        Long before = overdue.put(status, waiting.orders());
        if (waiting.orders() > (before == null ? 0 : before)) {
            log.warn(
                    "{} order(s) have been {} for longer than {}, {} the longest. {}",
                    waiting.orders(),
                    status,
                    deadline,
                    waiting.longest(),
                    CONSEQUENCES.get(status));
        }
    }
}
