package io.orderflow.order.usecases;

/** There is no such order. An order is stored before anybody is told of it, so waiting does not help. */
public class UnknownOrderException extends RuntimeException {

    public UnknownOrderException(Object id) {
        super("There is no order " + id + ".");
    }
}
