package io.orderflow.inventory.domain;

import java.util.List;

/** Publishes events if and only if the current transaction commits. */
@FunctionalInterface
public interface InventoryEvents {

    void publish(List<Record> events);
}
