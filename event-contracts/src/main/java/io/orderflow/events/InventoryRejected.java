package io.orderflow.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Not all items of the order could be reserved, so none is. */
public record InventoryRejected(
        String orderId,
        @Nullable String reason,
        List<String> skus,
        @Nullable Instant rejectedAt) {

    public static final String TYPE = "inventory.rejected.v1";

    /** The stock is lower than the ordered quantity. */
    public static final String OUT_OF_STOCK = "out of stock";

    /** A product does not exist. */
    public static final String UNKNOWN_ARTICLE = "unknown article";
}
