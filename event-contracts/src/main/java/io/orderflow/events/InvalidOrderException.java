package io.orderflow.events;

/** An event says something of an order that nobody can mean; no repetition heals it. */
public class InvalidOrderException extends RuntimeException {

    public InvalidOrderException(String message) {
        super(message);
    }
}
