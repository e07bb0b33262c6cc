package io.orderflow.shipping.domain;

import java.util.List;

/**
 * The outcome of an operation on a shipment.
 *
 * @param shipment the new state
 * @param events the events and tasks to publish
 */
public record Change(Shipment shipment, List<Record> events) {

    Change(Shipment shipment, Record event) {
        this(shipment, List.of(event));
    }
}
