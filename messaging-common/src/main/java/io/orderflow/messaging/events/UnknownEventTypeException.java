package io.orderflow.messaging.events;

/** An event of a type that the subscription neither handles nor ignores. Trying again does not help. */
public class UnknownEventTypeException extends RuntimeException {

    public UnknownEventTypeException(String message) {
        super(message);
    }
}
