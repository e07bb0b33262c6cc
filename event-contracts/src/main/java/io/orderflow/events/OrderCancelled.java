package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order is cancelled; final. What was reserved for it is free again. */
public record OrderCancelled(
        String orderId,
        String customerId,
        @Nullable String reason,
        @Nullable Instant cancelledAt) {

    public static final String TYPE = "order.cancelled.v1";
}
