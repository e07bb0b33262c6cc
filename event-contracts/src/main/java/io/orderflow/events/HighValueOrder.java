package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order was placed whose total is over the limit of analytics-service. */
public record HighValueOrder(
        String orderId,
        String customerId,
        BigDecimal total,
        @Nullable Instant placedAt) {

    public static final String TYPE = "order.high-value.v1";
}
