package io.orderflow.shipping.usecases;

import io.orderflow.shipping.domain.Shipment;

/**
 * A task to cancel the booking of a shipment that is not withdrawn. The task is queued by the withdrawal's own transaction,
 * so waiting does not help.
 */
public class NotWithdrawnException extends RuntimeException {

    NotWithdrawnException(Shipment shipment) {
        super("Shipment " + shipment.id() + " is " + shipment.status()
                + ", not WITHDRAWN: its booking is not cancelled.");
    }
}
