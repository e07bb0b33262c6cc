package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task: book a carrier for this shipment. */
public record ShipmentBookingRequested(
        String shipmentId,
        String orderId,
        String priority,
        @Nullable Instant requestedAt) {

    public static final String TYPE = "shipment.booking-requested.v1";
}
