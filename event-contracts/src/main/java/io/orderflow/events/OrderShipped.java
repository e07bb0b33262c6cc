package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order is shipped; final. */
public record OrderShipped(
        String orderId,
        String customerId,
        String carrier,
        String trackingNumber,
        @Nullable Instant shippedAt) {

    public static final String TYPE = "order.shipped.v1";
}
