package io.orderflow.order.domain;

import java.util.UUID;

/** An entry of an order's timeline, with its position among those of all orders. */
public record FeedEntry(FeedPosition position, UUID orderId, TimelineEntry entry) {}
