package io.orderflow.shipping.web;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The public view of a shipment. */
record ShipmentView(
        String id,
        String orderId,
        @Nullable String priority,
        Shipment.Status status,
        @Nullable String carrier,
        @Nullable String trackingNumber,
        Instant updatedAt) {

    static ShipmentView of(Shipment shipment) {
        Priority priority = shipment.priority();
        Booking booking = shipment.booking();
        return new ShipmentView(
                shipment.id(),
                shipment.orderId().value(),
                priority == null ? null : priority.toString(),
                shipment.status(),
                booking == null ? null : booking.carrier(),
                booking == null ? null : booking.trackingNumber(),
                shipment.updatedAt());
    }
}
