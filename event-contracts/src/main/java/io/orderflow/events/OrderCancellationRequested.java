package io.orderflow.events;

import java.time.Instant;

/** The customer wants a confirmed order cancelled; whether that comes in time is for shipping to say. */
public record OrderCancellationRequested(String orderId, Instant requestedAt) {

    public static final String TYPE = "order.cancellation-requested.v1";
}
