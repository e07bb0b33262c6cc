package io.orderflow.order.deadlines;

import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.usecases.CancelUnanswered;
import io.orderflow.order.usecases.RepeatCancellations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks now and then for orders that wait too long. A PENDING one is cancelled; the time that its event waited in our own
 * outbox does not count. One that is CONFIRMED or CANCELLING is
 * not: shipping decides about it, and may have sent it. For one that is CANCELLING the cancellation is requested again, once
 * a deadline. All are counted in the gauge {@value OverdueOrders#METRIC} and named in the log, and what people can do is
 * redrive shipping's dead letters, or cancel the order.
 */
@Component
@EnableConfigurationProperties(DeadlineProperties.class)
class DeadlineWatch {

    /** Answers that have waited for this service while it was down are read before its deadlines are looked at. */
    private static final String HEAD_START = "${orders.deadlines.head-start:1m}";

    private static final String INTERVAL = "${orders.deadlines.check-interval:10s}";

    private static final Logger log = LoggerFactory.getLogger(DeadlineWatch.class);

    private final CancelUnanswered unanswered;
    private final RepeatCancellations cancellations;
    private final OverdueOrders overdue;
    private final Map<OrderStatus, Duration> deadlines;
    private final InstantSource clock;

    DeadlineWatch(
            CancelUnanswered unanswered,
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
    void lookOrSay() {
        try {
            look();
        } catch (RuntimeException e) { // the scheduler would write a stack trace of it each time
            log.warn("Orders that wait too long cannot be looked for, which is tried again: {}", e.toString());
        }
    }

    void look() {
        Instant now = clock.instant();
        unanswered.knownFor(deadlines.get(OrderStatus.PENDING));
        cancellations.quietSince(now.minus(deadlines.get(OrderStatus.CANCELLING)));
        overdue.count(deadlines, now);
    }
}
