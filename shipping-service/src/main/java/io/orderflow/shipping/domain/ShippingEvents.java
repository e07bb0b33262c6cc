package io.orderflow.shipping.domain;

import java.util.List;

/** Tells others what happened to shipments, if and only if the current transaction commits. */
@FunctionalInterface
public interface ShippingEvents {

    void publish(List<Record> events);
}
