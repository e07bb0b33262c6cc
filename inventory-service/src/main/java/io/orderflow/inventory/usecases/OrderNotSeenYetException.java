package io.orderflow.inventory.usecases;

import io.orderflow.events.OrderId;

/** Something is said of an order whose creation has not arrived; it may, and then saying it again helps. */
public class OrderNotSeenYetException extends RuntimeException {

    OrderNotSeenYetException(OrderId orderId) {
        super("Order " + orderId + " is shipped, but its creation has not been seen: nothing is reserved for it.");
    }
}
