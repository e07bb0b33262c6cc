package io.orderflow.messaging;

/** A new group is to start with messages that the broker does not keep for it. Its message names the properties to set. */
public class MissedMessagesException extends MessagingException {

    private static final long serialVersionUID = 1L;

    public MissedMessagesException(String message) {
        super(message, null);
    }
}
