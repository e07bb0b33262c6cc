package io.orderflow.order.usecases;

import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Orders;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Service;

/**
 * Cancels orders that inventory-service has neither confirmed nor rejected in time. Stock that is reserved later is released
 * when inventory-service handles the cancellation.
 */
@Service
public class CancelUnansweredOrders {

    private final PublishingProgress progress;
    private final Orders orders;
    private final BulkOrderChange bulk;
    private final InstantSource clock;

    CancelUnansweredOrders(PublishingProgress progress, Orders orders, BulkOrderChange bulk, InstantSource clock) {
        this.progress = progress;
        this.orders = orders;
        this.bulk = bulk;
        this.clock = clock;
    }

    /** Cancels orders whose events were published at least that long ago, and returns how many. */
    public int publishedFor(Duration deadline) {
        return progress.placedBefore(deadline)
                .map(time -> orders.waiting(OrderStatus.PENDING, time, BulkOrderChange.LIMIT))
                .map(ids -> bulk.apply(ids, order -> order.unanswered(clock.instant())))
                .orElse(0);
    }
}
