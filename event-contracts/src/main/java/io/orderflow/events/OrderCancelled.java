package io.orderflow.events;

import java.time.Instant;

/** The order is cancelled; final. What was reserved for it is free again. */
public record OrderCancelled(String orderId, String customerId, String reason, Instant cancelledAt) {

    public static final String TYPE = "order.cancelled.v1";
}
