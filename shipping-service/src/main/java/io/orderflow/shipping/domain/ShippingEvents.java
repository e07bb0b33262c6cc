package io.orderflow.shipping.domain;

import java.util.List;

/** Publishes events and tasks if and only if the current transaction commits. */
@FunctionalInterface
public interface ShippingEvents {

    void publish(List<Record> events);
}
