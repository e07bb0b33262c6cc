package io.orderflow.shipping.domain;

import io.orderflow.events.OrderId;
import java.time.Instant;

/** An express order that was placed, and may yet be confirmed: to be prepared for the next pick-up. */
public record ExpressOrder(OrderId orderId, Instant placedAt) {}
