package io.orderflow.events;

import java.time.Instant;
import java.util.List;

/** All items of an order are reserved. */
public record InventoryReserved(String orderId, List<OrderItem> items, Instant reservedAt) {

    public static final String TYPE = "inventory.reserved.v1";
}
