package io.orderflow.analytics.domain;

import java.time.Instant;

/** The audit entry of an order that was one too many of its customer within the time of {@link Rules}. */
public record SuspiciousOrder(String orderId, String customerId, Instant placedAt) {

    public static final String TYPE = "analytics.suspicious-order.v1";
}
