package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All items of the order are reserved: it may be shipped.
 *
 * @param currency of the total, as in ISO 4217; EUR if it is null, as in events of earlier releases
 */
public record OrderConfirmed(
        String orderId,
        String customerId,
        String priority,
        List<OrderItem> items,
        @Nullable BigDecimal total,
        @Nullable String currency,
        @Nullable Instant confirmedAt) {

    public static final String TYPE = "order.confirmed.v1";
}
