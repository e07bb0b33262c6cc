package io.orderflow.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order cannot be fulfilled; final.
 *
 * @param reason {@link InventoryRejected#OUT_OF_STOCK}, {@link InventoryRejected#UNKNOWN_ARTICLE}, or a reason of inventory's
 *     that is not known here
 * @param items what cannot be had, and how many of it were ordered; earlier versions of this event do not say it
 */
public record OrderRejected(
        String orderId,
        String customerId,
        @Nullable String reason,
        @Nullable List<OrderItem> items,
        @Nullable Instant rejectedAt) {

    public static final String TYPE = "order.rejected.v1";
}
