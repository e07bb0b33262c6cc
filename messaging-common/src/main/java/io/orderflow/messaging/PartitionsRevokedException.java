package io.orderflow.messaging;

/**
 * A part of what a member had polled went to other members before it was committed, and comes again there. The rest is
 * committed, and the member is well: it may go on.
 */
public class PartitionsRevokedException extends MessagingException {

    public PartitionsRevokedException(String message) {
        super(message, null);
    }
}
