package io.orderflow.messaging;

/** The broker keeps no history of a topic. Its message says what to configure, if anything helps. */
public class NoHistoryException extends MessagingException {

    private static final long serialVersionUID = 1L;

    public NoHistoryException(String message) {
        super(message, null);
    }
}
