package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order will not be shipped. */
public record ShipmentWithdrawn(String orderId, @Nullable Instant withdrawnAt) {

    public static final String TYPE = "shipment.withdrawn.v1";
}
