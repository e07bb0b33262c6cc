package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task: cancel the booking of a withdrawn shipment at the carrier, by the shipment's id. It may be requested repeatedly, and
 * before anything is booked.
 */
public record BookingCancellationRequested(
        String shipmentId, String orderId, @Nullable Instant requestedAt) {

    public static final String TYPE = "shipment.booking-cancellation-requested.v1";
}
