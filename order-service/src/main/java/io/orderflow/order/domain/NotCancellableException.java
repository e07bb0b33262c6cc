package io.orderflow.order.domain;

/** The order is shipped or rejected and can no longer be cancelled. */
public class NotCancellableException extends RuntimeException {

    NotCancellableException(Order order) {
        super("Order " + order.id() + " is " + order.status() + " and can no longer be cancelled.");
    }
}
