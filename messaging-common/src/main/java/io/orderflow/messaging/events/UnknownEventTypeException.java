package io.orderflow.messaging.events;

import io.orderflow.messaging.handling.NotRetryableException;

/** An event of a type that the subscription neither handles nor ignores. */
public class UnknownEventTypeException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    public UnknownEventTypeException(String message) {
        super(message, null);
    }
}
