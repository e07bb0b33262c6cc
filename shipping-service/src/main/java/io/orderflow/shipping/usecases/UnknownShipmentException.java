package io.orderflow.shipping.usecases;

import org.jspecify.annotations.Nullable;

/** A task for a shipment that is not here; tasks are queued with their shipment, so waiting brings none. */
public class UnknownShipmentException extends RuntimeException {

    UnknownShipmentException(@Nullable String shipmentId) {
        super("There is no shipment " + shipmentId + " to book a carrier for.");
    }
}
