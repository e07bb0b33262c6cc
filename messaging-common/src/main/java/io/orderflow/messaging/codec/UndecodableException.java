package io.orderflow.messaging.codec;

import org.jspecify.annotations.Nullable;

/** Bytes that are no value of the type they should be. Trying again does not help. */
public class UndecodableException extends RuntimeException {

    public UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
