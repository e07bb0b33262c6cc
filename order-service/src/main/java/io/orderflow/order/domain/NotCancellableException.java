package io.orderflow.order.domain;

/** It is too late to cancel an order. */
public class NotCancellableException extends RuntimeException {

    NotCancellableException(Order order) {
        super("Order " + order.id() + " is " + order.status() + " and can no longer be cancelled.");
    }
}
