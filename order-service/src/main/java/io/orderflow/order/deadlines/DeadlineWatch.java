package io.orderflow.order.deadlines;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.usecases.CancelUnanswered;
import io.orderflow.order.usecases.FindOrders;
import io.orderflow.order.usecases.FindOrders.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks now and then for orders that wait too long. A PENDING one is cancelled. One that is CONFIRMED or CANCELLING is
 * not: shipping decides about it, and may have sent it. It is counted in the gauge {@code orders.overdue} and named in
 * the log, and what people can do is redrive shipping's dead letters, or cancel the order.
 */
@Component
@EnableConfigurationProperties(DeadlineProperties.class)
class DeadlineWatch {

    static final String METRIC = "orders.overdue";

    /** Answers that have waited for this service while it was away are read before its deadlines are looked at. */
    private static final String HEAD_START = "${orders.deadlines.head-start:1m}";

    private static final String INTERVAL = "${orders.deadlines.check-interval:10s}";

    private static final Logger log = LoggerFactory.getLogger(DeadlineWatch.class);

    private final CancelUnanswered unanswered;
    private final FindOrders orders;
    private final Map<OrderStatus, Duration> deadlines;
    private final InstantSource clock;
    private final Map<OrderStatus, Long> overdue = new ConcurrentHashMap<>();

    DeadlineWatch(
            CancelUnanswered unanswered,
            FindOrders orders,
            DeadlineProperties properties,
            InstantSource clock,
            MeterRegistry registry) {
        this.unanswered = unanswered;
        this.orders = orders;
        this.deadlines = properties.byStatus();
        this.clock = clock;
        deadlines
                .keySet()
                .forEach(status -> Gauge.builder(METRIC, () -> overdue.getOrDefault(status, 0L))
                        .description("Orders that have waited in this state for longer than its deadline")
                        .tag("status", status.name())
                        .register(registry));
    }

    @Scheduled(initialDelayString = HEAD_START, fixedDelayString = INTERVAL)
    void lookOrSay() {
        try {
            look();
        } catch (RuntimeException e) { // the scheduler would write a stack trace of it each time
            log.warn("Orders that wait too long cannot be looked for, which is tried again: {}", e.toString());
        }
    }

    void look() {
        Instant now = clock.instant();
        unanswered.placedBefore(now.minus(deadlines.get(OrderStatus.PENDING)));
        deadlines.forEach((status, deadline) -> count(status, deadline, now));
    }

    private void count(OrderStatus status, Duration deadline, Instant now) {
        Waiting waiting = orders.waiting(status, now.minus(deadline));
        Long before = overdue.put(status, waiting.orders());
        if (waiting.orders() > (before == null ? 0 : before)) {
            log.warn(
                    "{} order(s) have been {} for longer than {}, {} the longest. That lasts until {}.",
                    waiting.orders(),
                    status,
                    deadline,
                    waiting.longest(),
                    status == OrderStatus.PENDING
                            ? "they can be cancelled, which is tried again"
                            : "shipping says what became of them; see the dead letters of group shipping");
        }
    }
}
