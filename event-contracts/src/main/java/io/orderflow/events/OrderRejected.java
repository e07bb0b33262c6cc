package io.orderflow.events;

import java.time.Instant;

/** The order cannot be fulfilled; final. */
public record OrderRejected(String orderId, String customerId, String reason, Instant rejectedAt) {

    public static final String TYPE = "order.rejected.v1";
}
