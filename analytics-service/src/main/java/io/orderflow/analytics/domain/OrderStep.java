package io.orderflow.analytics.domain;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order was placed, or confirmed.
 *
 * @param total in EUR; zero if the event has none
 * @param at when it happened, by its event
 */
public record OrderStep(Kind kind, String orderId, String customerId, BigDecimal total, Instant at) {

    public enum Kind {
        PLACED,
        CONFIRMED
    }

    private static final Pattern CUSTOMER_ID = Pattern.compile("[A-Za-z0-9._:@+-]{1,64}");
    private static final String CURRENCY = "EUR";

    /** @throws InvalidOrderException if the event has no valid order or customer */
    public static OrderStep placed(OrderCreated order, Instant at) {
        return of(Kind.PLACED, order.orderId(), order.customerId(), order.total(), at);
    }

    /** @throws InvalidOrderException if the event has no valid order or customer, or another currency */
    public static OrderStep confirmed(OrderConfirmed order, Instant at) {
        if (order.currency() != null && !order.currency().equals(CURRENCY)) {
            throw new InvalidOrderException("Revenue is counted in EUR; this order's currency is another one.");
        }
        return of(Kind.CONFIRMED, order.orderId(), order.customerId(), order.total(), at);
    }

    private static OrderStep of(
            Kind kind, @Nullable String orderId, @Nullable String customerId, @Nullable BigDecimal total, Instant at) {
        if (customerId == null || !CUSTOMER_ID.matcher(customerId).matches()) {
            throw new InvalidOrderException(
                    "A customer id has 1 to 64 letters, digits or . _ : @ + -; this order has no such id.");
        }
        return new OrderStep(
                kind, OrderId.of(orderId).value(), customerId, total == null ? BigDecimal.ZERO : total, at);
    }

    /**
     * The time of an event, in microseconds as databases keep it; or now if its sender's clock is fast, for an event of the
     * future would make all others late.
     */
    public static Instant timeOf(Instant stated, Instant now) {
        return (stated.isAfter(now) ? now : stated).truncatedTo(ChronoUnit.MICROS);
    }
}
