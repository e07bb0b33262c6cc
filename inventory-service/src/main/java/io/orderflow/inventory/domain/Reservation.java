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
 * What is held for an order: all of its lines or none.
 *
 * <pre>
 *   (new) --order created----> RESERVED --order shipped----> SHIPPED
 *     |                  `---> REJECTED `--order cancelled-> RELEASED
 *     `---order cancelled----------------------------------> RELEASED, without lines
 * </pre>
 *
 * Whatever else is asked of it, again or too late, changes nothing.
 */
public record Reservation(OrderId orderId, Status status, List<OrderLine> lines, Instant updatedAt) {

    /** How far a reservation has come. */
    public enum Status {
        RESERVED,
        REJECTED,
        RELEASED,
        SHIPPED
    }

    public Reservation {
        lines = List.copyOf(lines);
    }

    /** Reserves all lines, or rejects the order and names the articles that were short or are unknown. */
    public static Change reserve(ReservationRequest request, Map<String, StockLevel> stock, Instant now) {
        OrderId id = request.orderId();
        List<String> unknown =
                request.skus().stream().filter(sku -> !stock.containsKey(sku)).toList();
        if (!unknown.isEmpty()) {
            return rejected(id, InventoryRejected.UNKNOWN_ARTICLE, unknown, now);
        }
        List<String> tooFew = request.lines().stream()
                .filter(line -> !stock.get(line.sku()).covers(line))
                .map(OrderLine::sku)
                .toList();
        if (!tooFew.isEmpty()) {
            return rejected(id, InventoryRejected.OUT_OF_STOCK, tooFew, now);
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

    /** The trace of a cancellation that came before its order, which then reserves nothing. */
    public static Reservation cancelledBeforeCreated(OrderId orderId, Instant now) {
        return new Reservation(orderId, Status.RELEASED, List.of(), now);
    }

    /** The order is cancelled: its pieces are free again. Empty if nothing is reserved any more. */
    public Optional<Change> release(Instant now) {
        return unlessOver(Status.RELEASED, StockMovement.RELEASE, now);
    }

    /** The order is shipped: its pieces are gone. Empty if nothing is reserved any more. */
    public Optional<Change> ship(Instant now) {
        return unlessOver(Status.SHIPPED, StockMovement.SHIP, now);
    }

    private Optional<Change> unlessOver(Status next, StockMovement movement, Instant now) {
        return status == Status.RESERVED
                ? Optional.of(new Change(new Reservation(orderId, next, lines, now), movement, List.of()))
                : Optional.empty();
    }
}
