package io.orderflow.inventory.domain;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderId;
import java.util.List;

/** The lines of an order: at least one, and no article twice. */
public record ReservationRequest(OrderId orderId, List<OrderLine> lines) {

    public static final int MAX_LINES = 100;

    public ReservationRequest {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new InvalidOrderException(
                    "Order " + orderId + " has " + lines.size() + " lines; 1 to " + MAX_LINES + " are allowed.");
        }
        long distinct = lines.stream().map(OrderLine::sku).distinct().count();
        if (distinct < lines.size()) {
            throw new InvalidOrderException("Order " + orderId + " contains a sku twice.");
        }
    }

    public List<String> skus() {
        return lines.stream().map(OrderLine::sku).toList();
    }
}
