package io.orderflow.order.domain;

import java.util.List;
import java.util.UUID;

/** The timelines of orders. */
public interface Timeline {

    void add(UUID orderId, TimelineEntry entry);

    /** The oldest entry first. */
    List<TimelineEntry> of(UUID orderId);
}
