package io.orderflow.inventory.domain;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stock reserved for an order: all of its lines or none.
 *
 * <pre>
 *   (new) --order created----> RESERVED --order shipped----> SHIPPED
 *     |                  `---> REJECTED `--order cancelled-> RELEASED
 *     `---order cancelled----------------------------------> RELEASED, without lines
 * </pre>
 *
 * All other events, duplicate or late, change nothing.
 */
public record Reservation(OrderId orderId, Status status, List<OrderLine> lines, Instant updatedAt) {

    /** The state of a reservation. */
    public enum Status {
        RESERVED,
        REJECTED,
        RELEASED,
        SHIPPED
    }

    public Reservation {
        lines = List.copyOf(lines);
    }

    /** Reserves all lines, or rejects the order with the articles that are out of stock or unknown. */
    public static Change reserve(ReservationRequest request, Map<String, StockLevel> stock, Instant now) {
        OrderId id = request.orderId();
        List<String> unknown =
                request.skus().stream().filter(sku -> !stock.containsKey(sku)).toList();
        if (!unknown.isEmpty()) {
            return rejected(id, InventoryRejected.UNKNOWN_ARTICLE, unknown, now);
        }
        List<String> outOfStock = request.lines().stream()
                .filter(line -> !stock.get(line.sku()).covers(line))
                .map(OrderLine::sku)
                .toList();
        if (!outOfStock.isEmpty()) {
            return rejected(id, InventoryRejected.OUT_OF_STOCK, outOfStock, now);
        }
        List<OrderItem> items = request.lines().stream()
                .map(line -> new OrderItem(line.sku(), line.quantity()))
                .toList();
        return new Change(
                new Reservation(id, Status.RESERVED, request.lines(), now),
                StockMovement.RESERVE,
                List.of(new InventoryReserved(id.value(), items, now)));
    }

    private static Change rejected(OrderId id, String reason, List<String> skus, Instant now) {
        return new Change(
                new Reservation(id, Status.REJECTED, List.of(), now),
                null,
                List.of(new InventoryRejected(id.value(), reason, skus, now)));
    }

    /** Records a cancellation that arrived before the order's creation, so that nothing is reserved later. */
    public static Reservation cancelledBeforeCreated(OrderId orderId, Instant now) {
        return new Reservation(orderId, Status.RELEASED, List.of(), now);
    }

    /** Makes the stock of a cancelled order available again. Empty unless RESERVED. */
    public Optional<Change> release(Instant now) {
        return ifReserved(Status.RELEASED, StockMovement.RELEASE, now);
    }

    /** Counts the stock of a shipped order as shipped. Empty unless RESERVED. */
    public Optional<Change> ship(Instant now) {
        return ifReserved(Status.SHIPPED, StockMovement.SHIP, now);
    }

    private Optional<Change> ifReserved(Status next, StockMovement movement, Instant now) {
        return status == Status.RESERVED
                ? Optional.of(new Change(new Reservation(orderId, next, lines, now), movement, List.of()))
                : Optional.empty();
    }
}
