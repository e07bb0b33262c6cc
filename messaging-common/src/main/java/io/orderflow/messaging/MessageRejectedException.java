package io.orderflow.messaging;

import org.jspecify.annotations.Nullable;

/** The broker will never accept this message, however often it is sent: it is too large, say. */
public class MessageRejectedException extends MessagingException {

    public MessageRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
