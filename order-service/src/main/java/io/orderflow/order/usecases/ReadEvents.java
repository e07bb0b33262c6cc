package io.orderflow.order.usecases;

import io.orderflow.order.domain.FeedEntry;
import io.orderflow.order.domain.FeedPosition;
import io.orderflow.order.domain.Timeline;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Reads what happened to orders, in one stable order. */
@Service
public class ReadEvents {

    private final Timeline timeline;
    private final FindOrders orders;

    ReadEvents(Timeline timeline, FindOrders orders) {
        this.timeline = timeline;
        this.orders = orders;
    }

    /** What happened to all orders after a position. */
    public List<FeedEntry> after(FeedPosition position, int limit) {
        return timeline.after(position, limit);
    }

    /** What happened to one order after a position. */
    public List<FeedEntry> ofOrder(UUID orderId, FeedPosition position) {
        return timeline.after(position, orderId);
    }

    /** @throws UnknownOrderException if there is no such order */
    public void requireOrder(UUID orderId) {
        orders.byId(orderId);
    }
}
