package io.orderflow.order.usecases;

/** The idempotency key was used with another request before. */
public class IdempotencyKeyReusedException extends RuntimeException {

    IdempotencyKeyReusedException() {
        super("This Idempotency-Key was used for another request. Use a new key for a new request.");
    }
}
