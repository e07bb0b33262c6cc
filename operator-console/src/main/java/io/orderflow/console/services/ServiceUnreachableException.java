package io.orderflow.console.services;

/** A service did not answer, or not with what the console expects. */
public final class ServiceUnreachableException extends RuntimeException {

    ServiceUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
