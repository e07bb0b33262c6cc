package io.orderflow.events;

import java.time.Instant;
import java.util.List;

/** Not all items of an order could be reserved, so none is. */
public record InventoryRejected(String orderId, String reason, List<String> skus, Instant rejectedAt) {

    public static final String TYPE = "inventory.rejected.v1";
}
