package io.orderflow.order.usecases;

/** There is no such order. Retrying does not help: an order is stored before its first event is published. */
public class UnknownOrderException extends RuntimeException {

    public UnknownOrderException(Object id) {
        super("There is no order " + id + ".");
    }
}
