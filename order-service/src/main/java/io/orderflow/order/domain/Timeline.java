package io.orderflow.order.domain;

import java.util.List;
import java.util.UUID;

/** The timelines of orders. */
public interface Timeline {

    void add(UUID orderId, TimelineEntry entry);

    /** The oldest entry first. */
    List<TimelineEntry> of(UUID orderId);

    /**
     * The entries of all orders after a position, in an order that never changes: no entry ever appears before one that was returned. An
     * entry appears once no older transaction of the database is running.
     */
    List<FeedEntry> after(FeedPosition position, int limit);

    /** The entries of one order after a position; none ever appears before one that was returned. */
    List<FeedEntry> after(FeedPosition position, UUID orderId);
}
