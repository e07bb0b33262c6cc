package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The order has been confirmed for so long that its customer is informed of the delay. Scheduled when it is confirmed. */
public record OrderShippingDelayed(
        String orderId, String customerId, @Nullable Instant confirmedAt) {

    public static final String TYPE = "order.shipping-delayed.v1";
}
