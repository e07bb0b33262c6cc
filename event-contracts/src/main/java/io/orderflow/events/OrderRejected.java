package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order cannot be fulfilled; final. */
public record OrderRejected(
        String orderId,
        String customerId,
        @Nullable String reason,
        @Nullable Instant rejectedAt) {

    public static final String TYPE = "order.rejected.v1";
}
