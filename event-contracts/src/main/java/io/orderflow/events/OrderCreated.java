package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer placed an order; nothing is reserved yet. Priority is standard or express. Earlier versions of this event carry
 * the customer's address as {@code email}; now it travels as {@link OrderContactProvided}.
 */
public record OrderCreated(
        String orderId,
        String customerId,
        String priority,
        List<OrderItem> items,
        @Nullable BigDecimal total,
        @Nullable Instant createdAt) {

    public static final String TYPE = "order.created.v1";
}
