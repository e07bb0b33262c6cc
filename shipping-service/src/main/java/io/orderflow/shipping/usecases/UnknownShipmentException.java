package io.orderflow.shipping.usecases;

import org.jspecify.annotations.Nullable;

/** A task for an unknown shipment. A task is published in its shipment's transaction, so a retry cannot succeed. */
public class UnknownShipmentException extends RuntimeException {

    UnknownShipmentException(@Nullable String shipmentId) {
        super("There is no shipment " + shipmentId + ". The task is dead-lettered.");
    }
}
