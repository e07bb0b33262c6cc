package io.orderflow.shipping.domain;

/** An order that nobody can mean; no repetition heals it. */
public class InvalidOrderException extends RuntimeException {

    public InvalidOrderException(String message) {
        super(message);
    }
}
