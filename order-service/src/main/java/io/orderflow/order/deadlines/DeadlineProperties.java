package io.orderflow.order.deadlines;

import io.orderflow.order.domain.OrderStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an order may wait in a state that is not its last.
 *
 * @param pending for an answer about stock, from when its event has left our outbox; after that it is cancelled
 * @param confirmed for its parcel; after that it is counted, see {@link OverdueOrders}
 * @param cancelling for shipping's answer whether the cancellation comes in time; after that it is requested again, once
 *     every deadline, and counted, see {@link OverdueOrders}
 */
@ConfigurationProperties("orders.deadlines")
record DeadlineProperties(
        @DefaultValue(DEFAULT_PENDING) Duration pending,
        @DefaultValue(DEFAULT_CONFIRMED) Duration confirmed,
        @DefaultValue(DEFAULT_CANCELLING) Duration cancelling) {

    /** Long enough for a broker or inventory-service to be repaired. */
    static final String DEFAULT_PENDING = "30m";

    static final String DEFAULT_CONFIRMED = "24h";
    static final String DEFAULT_CANCELLING = "1h";

    DeadlineProperties {
        Map.of("pending", pending, "confirmed", confirmed, "cancelling", cancelling)
                .forEach((name, deadline) -> {
                    if (deadline.isNegative() || deadline.isZero()) {
                        throw new IllegalArgumentException(
                                "orders.deadlines." + name + " must be longer than nothing, not " + deadline + ".");
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
