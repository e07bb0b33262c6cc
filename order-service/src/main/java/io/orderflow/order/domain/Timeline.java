package io.orderflow.order.domain;

import java.util.List;
import java.util.UUID;

/** What happened to each order. */
public interface Timeline {

    void add(UUID orderId, TimelineEntry entry);

    /** In the order in which it happened. */
    List<TimelineEntry> of(UUID orderId);
}
