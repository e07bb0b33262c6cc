package io.orderflow.order.usecases;

/** An idempotency key came with another request before. */
public class KeyReusedException extends RuntimeException {

    KeyReusedException() {
        super("This Idempotency-Key was used for another request. Use a new key for a new request.");
    }
}
