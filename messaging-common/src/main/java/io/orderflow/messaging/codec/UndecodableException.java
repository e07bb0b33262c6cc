package io.orderflow.messaging.codec;

import io.orderflow.messaging.handling.NotRetryableException;

/** The bytes are not JSON of the expected type. */
public class UndecodableException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message, null);
    }
}
