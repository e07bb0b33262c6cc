package io.orderflow.shipping.domain;

import java.util.List;

/**
 * What becomes of a shipment.
 *
 * @param shipment its new state
 * @param events what there is to tell others
 */
public record Change(Shipment shipment, List<Record> events) {

    Change(Shipment shipment, Record event) {
        this(shipment, List.of(event));
    }
}
