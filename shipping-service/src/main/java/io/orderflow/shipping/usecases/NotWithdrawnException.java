package io.orderflow.shipping.usecases;

import io.orderflow.shipping.domain.Shipment;

/**
 * A task to cancel the booking of a shipment that is not withdrawn. The task is published in the withdrawal's transaction,
 * so a retry cannot succeed.
 */
public class NotWithdrawnException extends RuntimeException {

    NotWithdrawnException(Shipment shipment) {
        super("Shipment " + shipment.id() + " is " + shipment.status()
                + ", not WITHDRAWN. Its booking is not cancelled; the task is dead-lettered.");
    }
}
