package io.orderflow.messaging.spring;

/** A setting of a subscription cannot be followed; the message is a sentence for whoever starts the application. */
final class InvalidSubscriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSubscriptionException(String message) {
        super(message);
    }
}
