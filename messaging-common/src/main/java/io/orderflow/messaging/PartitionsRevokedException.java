package io.orderflow.messaging;

/**
 * Some of the partitions that a member had polled from were revoked before it committed, and their messages are delivered again to
 * other members. The rest is committed, and the member may continue.
 */
public class PartitionsRevokedException extends MessagingException {

    public PartitionsRevokedException(String message) {
        super(message, null);
    }
}
