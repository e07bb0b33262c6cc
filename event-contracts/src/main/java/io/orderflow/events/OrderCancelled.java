package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The order is cancelled; final. What was reserved for it is free again.
 *
 * @param reason in words that a customer may read, one of those below
 */
public record OrderCancelled(
        String orderId,
        String customerId,
        @Nullable String reason,
        @Nullable Instant cancelledAt) {

    public static final String TYPE = "order.cancelled.v1";

    /** The customer wished it. */
    public static final String BY_CUSTOMER = "cancelled by the customer";

    /** Nobody said in time whether everything is in stock. */
    public static final String NOT_CONFIRMED = "cancelled, because it could not be confirmed in time";

    /** No carrier could be had. */
    public static final String NOT_SHIPPED = "cancelled, because it could not be shipped";
}
