package io.orderflow.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order cannot be fulfilled; final.
 *
 * @param reason {@link InventoryRejected#OUT_OF_STOCK}, {@link InventoryRejected#UNKNOWN_ARTICLE}, or any other
 *     reason of inventory-service
 * @param items the missing products with the ordered quantities; null in events of earlier releases
 */
public record OrderRejected(
        String orderId,
        String customerId,
        @Nullable String reason,
        @Nullable List<OrderItem> items,
        @Nullable Instant rejectedAt) {

    public static final String TYPE = "order.rejected.v1";
}
