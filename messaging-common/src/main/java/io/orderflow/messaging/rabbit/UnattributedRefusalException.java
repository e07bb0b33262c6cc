package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;

/** The broker closed the channel because of a message, and several batches were in flight on it: any may have that message. */
final class UnattributedRefusalException extends MessagingException {

    UnattributedRefusalException(String message, Throwable cause) {
        super(message, cause);
    }
}
