package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer placed an order; nothing is reserved yet. Priority is standard or express. */
public record OrderCreated(
        String orderId,
        String customerId,
        String email,
        String priority,
        List<OrderItem> items,
        @Nullable BigDecimal total,
        @Nullable Instant createdAt) {

    public static final String TYPE = "order.created.v1";
}
