package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The customer cancelled a confirmed order; shipping-service decides whether that is in time. */
public record OrderCancellationRequested(
        String orderId, @Nullable Instant requestedAt) {

    public static final String TYPE = "order.cancellation-requested.v1";
}
