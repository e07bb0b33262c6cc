package io.orderflow.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All items of the order are reserved. */
public record InventoryReserved(
        String orderId, List<OrderItem> items, @Nullable Instant reservedAt) {

    public static final String TYPE = "inventory.reserved.v1";
}
