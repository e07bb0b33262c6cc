package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The order is cancelled; final. Its reservation is released.
 *
 * @param reason one of the texts below, which a customer may read
 */
public record OrderCancelled(
        String orderId,
        String customerId,
        @Nullable String reason,
        @Nullable Instant cancelledAt) {

    public static final String TYPE = "order.cancelled.v1";

    /** The customer cancelled it. */
    public static final String BY_CUSTOMER = "cancelled by the customer";

    /** Inventory-service did not answer in time. */
    public static final String NOT_CONFIRMED = "cancelled, because it could not be confirmed in time";

    /** No carrier was found. */
    public static final String NOT_SHIPPED = "cancelled, because it could not be shipped";
}
