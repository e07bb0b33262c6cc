package io.orderflow.events;

/** An event contains invalid data about an order; retrying it does not help. */
public class InvalidOrderException extends RuntimeException {

    public InvalidOrderException(String message) {
        super(message);
    }
}
