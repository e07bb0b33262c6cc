package io.orderflow.order.usecases;

/** A request with the same idempotency key is being executed. */
public class RequestInProgressException extends RuntimeException {

    RequestInProgressException() {
        super("A request with this Idempotency-Key is in progress. Repeat it to get its response.");
    }
}
