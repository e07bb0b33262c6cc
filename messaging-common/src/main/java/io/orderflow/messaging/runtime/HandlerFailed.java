package io.orderflow.messaging.runtime;

/** Carries what a handler threw out of a transaction. */
final class HandlerFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerFailed(Exception cause) {
        super(cause);
    }
}
