package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessagingException;
import org.jspecify.annotations.Nullable;

/** The exchange is not there, or nothing is bound to it. */
final class TopicMissingException extends MessagingException {

    TopicMissingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
