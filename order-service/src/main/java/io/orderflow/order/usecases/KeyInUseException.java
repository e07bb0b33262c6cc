package io.orderflow.order.usecases;

/** A request with the same idempotency key is being worked on. */
public class KeyInUseException extends RuntimeException {

    KeyInUseException() {
        super("A request with this Idempotency-Key is being worked on. Repeat it for its answer.");
    }
}
