package io.orderflow.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Not all items of an order could be reserved, so none is. */
public record InventoryRejected(
        String orderId,
        @Nullable String reason,
        List<String> skus,
        @Nullable Instant rejectedAt) {

    public static final String TYPE = "inventory.rejected.v1";

    /** There is less of the articles than was ordered. */
    public static final String OUT_OF_STOCK = "out of stock";

    /** There are no such articles. */
    public static final String UNKNOWN_ARTICLE = "unknown article";
}
