package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The customer wants a confirmed order cancelled; whether that comes in time is for shipping to say. */
public record OrderCancellationRequested(
        String orderId, @Nullable Instant requestedAt) {

    public static final String TYPE = "order.cancellation-requested.v1";
}
