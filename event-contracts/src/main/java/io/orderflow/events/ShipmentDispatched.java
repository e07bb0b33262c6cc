package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A carrier took the shipment. */
public record ShipmentDispatched(
        String shipmentId,
        String orderId,
        @Nullable String carrier,
        @Nullable String trackingNumber,
        @Nullable Instant dispatchedAt) {

    public static final String TYPE = "shipment.dispatched.v1";
}
