package io.orderflow.events;

import java.time.Instant;

/** A task: book a carrier for this shipment. */
public record ShipmentBookingRequested(String shipmentId, String orderId, String priority, Instant requestedAt) {

    public static final String TYPE = "shipment.booking-requested.v1";
}
