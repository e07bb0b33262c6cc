package io.orderflow.inventory.usecases;

import io.orderflow.events.OrderId;

/** An event of an order arrived before the order's creation; a retry succeeds after that. */
public class OrderNotSeenYetException extends RuntimeException {

    OrderNotSeenYetException(OrderId orderId) {
        super("Order " + orderId
                + " is shipped, but its creation has not arrived: nothing is reserved for it. The event is retried.");
    }
}
