package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the order needs is reserved: it may be shipped.
 *
 * @param currency of the total, by ISO 4217; earlier versions of this event have none, and mean EUR
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
