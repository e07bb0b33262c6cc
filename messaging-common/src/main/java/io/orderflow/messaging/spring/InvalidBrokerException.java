package io.orderflow.messaging.spring;

/** The choice of the broker cannot be followed; the message is a sentence for whoever starts the application. */
final class InvalidBrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidBrokerException(String message) {
        super(message);
    }
}
