package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task: cancel at the carrier whatever was booked for this withdrawn shipment. It may be requested more than once, and
 * before anything is booked; the carrier knows the booking by the shipment's id.
 */
public record BookingCancellationRequested(
        String shipmentId, String orderId, @Nullable Instant requestedAt) {

    public static final String TYPE = "shipment.booking-cancellation-requested.v1";
}
