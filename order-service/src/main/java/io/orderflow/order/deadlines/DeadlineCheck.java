package io.orderflow.order.deadlines;

import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.usecases.CancelUnansweredOrders;
import io.orderflow.order.usecases.RepeatCancellations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Checks the deadlines of orders periodically. PENDING orders are cancelled. CONFIRMED and CANCELLING orders are not, because
 * their parcels may be on their way: they are counted in {@value OverdueOrders#METRIC}, and the cancellation of the latter is
 * requested again. Operators redrive the dead letters of shipping-service, or cancel the order.
 */
@Component
@EnableConfigurationProperties(DeadlineProperties.class)
class DeadlineCheck {

    /** Answers that arrived while this service was down are handled before the first check. */
    private static final String HEAD_START = "${orders.deadlines.head-start:1m}";

    private static final String INTERVAL = "${orders.deadlines.check-interval:10s}";

    private final CancelUnansweredOrders unanswered;
    private final RepeatCancellations cancellations;
    private final OverdueOrders overdue;
    private final Map<OrderStatus, Duration> deadlines;
    private final InstantSource clock;

    DeadlineCheck(
            CancelUnansweredOrders unanswered,
            RepeatCancellations cancellations,
            OverdueOrders overdue,
            DeadlineProperties properties,
            InstantSource clock) {
        this.unanswered = unanswered;
        this.cancellations = cancellations;
        this.overdue = overdue;
        this.deadlines = properties.byStatus();
        this.clock = clock;
    }

    @Scheduled(initialDelayString = HEAD_START, fixedDelayString = INTERVAL)
    void check() {
        Instant now = clock.instant();
        unanswered.publishedFor(deadlines.get(OrderStatus.PENDING));
        cancellations.unchangedSince(now.minus(deadlines.get(OrderStatus.CANCELLING)));
        overdue.count(deadlines, now);
    }
}
