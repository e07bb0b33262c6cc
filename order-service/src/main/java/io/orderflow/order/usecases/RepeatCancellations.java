package io.orderflow.order.usecases;

import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.Timeline;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Service;

/**
 * Requests cancellations again that shipping-service has not answered. It answers every request, so a repetition replaces a
 * lost one. Only that answer ends such an order: its parcel may be on its way.
 */
@Service
public class RepeatCancellations {

    private final Orders orders;
    private final Timeline timeline;
    private final BulkOrderChange bulk;
    private final InstantSource clock;

    RepeatCancellations(Orders orders, Timeline timeline, BulkOrderChange bulk, InstantSource clock) {
        this.orders = orders;
        this.timeline = timeline;
        this.bulk = bulk;
        this.clock = clock;
    }

    /** Repeats the requests of orders without a timeline entry after this time. */
    public void unchangedSince(Instant time) {
        bulk.apply(
                orders.unchangedSince(OrderStatus.CANCELLING, time, BulkOrderChange.LIMIT),
                order -> hasEntryAfter(order, time) ? null : order.cancellationUnanswered(clock.instant()));
    }

    /** Another instance may have been first. */
    private boolean hasEntryAfter(Order order, Instant time) {
        return timeline.of(order.id()).stream().anyMatch(entry -> entry.at().isAfter(time));
    }
}
