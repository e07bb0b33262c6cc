package io.orderflow.events;

import java.time.Instant;

/** A carrier has taken the shipment. */
public record ShipmentDispatched(
        String shipmentId, String orderId, String carrier, String trackingNumber, Instant dispatchedAt) {

    public static final String TYPE = "shipment.dispatched.v1";
}
