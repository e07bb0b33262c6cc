package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer placed an order; nothing is reserved yet. Events of earlier releases also contain the {@code email} that is now
 * published as {@link OrderContactProvided}.
 *
 * @param priority {@code standard} or {@code express}
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
