package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;

/** A queue takes no message at present: it is as long as a policy allows, or has no leader. */
final class QueueRefusedException extends MessagingException {

    QueueRefusedException(String message) {
        super(message, null);
    }
}
