package io.orderflow.events;

import java.time.Instant;

/** The order is not shipped, and will not be. */
public record ShipmentWithdrawn(String orderId, Instant withdrawnAt) {

    public static final String TYPE = "shipment.withdrawn.v1";
}
