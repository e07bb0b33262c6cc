package io.orderflow.order.deadlines;

import io.orderflow.order.domain.OrderStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The maximum time that an order stays in each state that is not final.
 *
 * @param pending maximum time until the stock is reserved, from when the order's creation was published; then the order is
 *     cancelled
 * @param confirmed maximum time from the confirmation to the dispatch; then the order is counted as overdue
 * @param cancelling maximum time until shipping-service answers a request for cancellation; then it is requested again,
 *     once every deadline, and the order is counted as overdue
 */
@ConfigurationProperties("orders.deadlines")
record DeadlineProperties(
        @DefaultValue(DEFAULT_PENDING) Duration pending,
        @DefaultValue(DEFAULT_CONFIRMED) Duration confirmed,
        @DefaultValue(DEFAULT_CANCELLING) Duration cancelling) {

    /** Long enough to repair a broker or inventory-service. */
    static final String DEFAULT_PENDING = "30m";

    static final String DEFAULT_CONFIRMED = "24h";
    static final String DEFAULT_CANCELLING = "1h";

    DeadlineProperties {
        Map.of("pending", pending, "confirmed", confirmed, "cancelling", cancelling)
                .forEach((name, deadline) -> {
                    if (deadline.isNegative() || deadline.isZero()) {
                        throw new IllegalArgumentException(
                                "orders.deadlines." + name + " must be positive, not " + deadline + ".");
                    }
                });
    }

    /** The deadline of each state that has one. */
    Map<OrderStatus, Duration> byStatus() {
        return new EnumMap<>(Map.of(
                OrderStatus.PENDING, pending,
                OrderStatus.CONFIRMED, confirmed,
                OrderStatus.CANCELLING, cancelling));
    }
}
