package io.orderflow.order.domain;

import static io.orderflow.order.domain.OrderStatus.CANCELLED;
import static io.orderflow.order.domain.OrderStatus.CANCELLING;
import static io.orderflow.order.domain.OrderStatus.CONFIRMED;
import static io.orderflow.order.domain.OrderStatus.PENDING;
import static io.orderflow.order.domain.OrderStatus.REJECTED;
import static io.orderflow.order.domain.OrderStatus.SHIPPED;

import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An order and its status machine.
 *
 * <pre>
 *   PENDING --reserved--> CONFIRMED --dispatched--------------------> SHIPPED
 *     | |                     |                                          ^
 *     | `--rejected--> REJECTED                                          |
 *     |                       `--cancelled--> CANCELLING --dispatched----'
 *     |                                           |
 *     `--cancelled, no answer in time-----------> `--withdrawn--> CANCELLED
 * </pre>
 *
 * Every event may arrive in every status, late or repeated. One that no longer applies leaves the order unchanged, and the
 * change has no event.
 *
 * @param version the number of its events so far, which is the sequence number of the latest
 * @param reason why it was rejected or cancelled
 * @param parcel set when it is shipped
 */
public record Order(
        UUID id,
        long version,
        String customerId,
        Priority priority,
        List<OrderLine> lines,
        OrderStatus status,
        @Nullable String reason,
        @Nullable Parcel parcel,
        Instant placedAt,
        Instant changedAt) {

    public static final int MAX_LINES = 100;

    public static final String CURRENCY = "EUR";

    public Order {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException(
                    "An order has 1 to " + MAX_LINES + " lines; order " + id + " has " + lines.size() + ".");
        }
        if (lines.stream().map(OrderLine::sku).distinct().count() < lines.size()) {
            throw new IllegalArgumentException("Order " + id + " contains a product twice.");
        }
    }

    /** A new order. It does not contain the e-mail address, which this service does not store. */
    public static Change place(UUID id, String customerId, Priority priority, List<OrderLine> lines, Instant now) {
        Order order = new Order(id, 1, customerId, priority, lines, PENDING, null, null, now, now);
        return order.changed(
                "Order placed",
                new OrderCreated(id.toString(), customerId, priority.toString(), order.items(), order.total(), now));
    }

    /** The price of the order, in {@value #CURRENCY}. */
    public BigDecimal total() {
        return lines.stream().map(OrderLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Stock was reserved. */
    public Change reserved(Instant now) {
        if (status != PENDING) {
            return unchanged("Stock was reserved");
        }
        Order next = become(CONFIRMED, null, null, now);
        return next.changed(
                "Stock reserved, order confirmed",
                new OrderConfirmed(
                        id.toString(), customerId, priority.toString(), items(), total(), CURRENCY, next.changedAt));
    }

    /**
     * Stock could not be reserved.
     *
     * @param skus the missing products
     */
    public Change rejected(String why, Collection<String> skus, Instant now) {
        if (status != PENDING) {
            return unchanged("Stock was refused");
        }
        List<OrderItem> missing =
                items().stream().filter(item -> skus.contains(item.sku())).toList();
        String named = why + named(missing);
        Order next = become(REJECTED, named, null, now);
        return next.changed(
                "Order rejected: " + named, new OrderRejected(id.toString(), customerId, why, missing, next.changedAt));
    }

    private static String named(List<OrderItem> items) {
        return items.isEmpty()
                ? ""
                : items.stream()
                        .map(item -> item.quantity() + " x " + item.sku())
                        .collect(Collectors.joining(", ", ": ", ""));
    }

    /** A carrier took the parcel. */
    public Change dispatched(Parcel taken, Instant now) {
        if (status != CONFIRMED && status != CANCELLING) {
            return unchanged("A carrier took the shipment");
        }
        String happened = status == CANCELLING ? "Order shipped; the cancellation came too late" : "Order shipped";
        Order next = become(SHIPPED, null, taken, now);
        return next.changed(
                happened,
                new OrderShipped(id.toString(), customerId, taken.carrier(), taken.trackingNumber(), next.changedAt));
    }

    /** It will not be shipped: the customer cancelled it, or no carrier was found. */
    public Change withdrawn(Instant now) {
        return switch (status) {
            case CANCELLING -> cancelled(OrderCancelled.BY_CUSTOMER, now);
            case CONFIRMED -> cancelled(OrderCancelled.NOT_SHIPPED, now);
            default -> unchanged("The shipment was withdrawn");
        };
    }

    /**
     * The customer cancelled it. Idempotent; while shipping-service has not answered, the request is published again.
     *
     * @throws NotCancellableException if it is shipped or rejected
     */
    public Change cancel(Instant now) {
        return switch (status) {
            case PENDING -> cancelled(OrderCancelled.BY_CUSTOMER, now);
            case CONFIRMED -> {
                Order next = become(CANCELLING, null, null, now);
                yield next.changed(
                        "Cancellation requested; shipping decides whether it comes in time",
                        new OrderCancellationRequested(id.toString(), next.changedAt));
            }
            case CANCELLING -> cancellationUnanswered(now);
            case CANCELLED -> unchanged("Cancellation was requested");
            case SHIPPED, REJECTED -> throw new NotCancellableException(this);
        };
    }

    /**
     * Inventory-service has not answered in time. A confirmed order is not cancelled by time: its parcel may be on its way.
     */
    public Change unanswered(Instant now) {
        return status == PENDING
                ? cancelled(OrderCancelled.NOT_CONFIRMED, now)
                : unchanged("The time for an answer was over");
    }

    /**
     * Shipping-service has not answered the cancellation, so it is requested again. {@code changedAt} does not change.
     */
    public Change cancellationUnanswered(Instant now) {
        if (status != CANCELLING) {
            return unchanged("The time for an answer was over");
        }
        return new Order(id, version + 1, customerId, priority, lines, status, null, null, placedAt, changedAt)
                .changed(
                        "Cancellation requested again; shipping decides whether it comes in time",
                        new OrderCancellationRequested(id.toString(), notBefore(now)));
    }

    private Change cancelled(String why, Instant now) {
        Order next = become(CANCELLED, why, null, now);
        return next.changed("Order " + why, new OrderCancelled(id.toString(), customerId, why, next.changedAt));
    }

    private Order become(OrderStatus next, @Nullable String why, @Nullable Parcel taken, Instant now) {
        return new Order(id, version + 1, customerId, priority, lines, next, why, taken, placedAt, notBefore(now));
    }

    /** {@code changedAt} never decreases, even if the clock of this instance is behind that of another. */
    private Instant notBefore(Instant now) {
        return now.isBefore(changedAt) ? changedAt : now;
    }

    private Change changed(String happened, Record event) {
        return new Change(this, happened, event);
    }

    private Change unchanged(String happened) {
        return new Change(this, happened + " when the order was " + status + "; nothing to do", null);
    }

    private List<OrderItem> items() {
        return lines.stream()
                .map(line -> new OrderItem(line.sku(), line.quantity()))
                .toList();
    }
}
