package io.orderflow.messaging;

import org.jspecify.annotations.Nullable;

/** The broker will never accept this message, because it is too large for example. */
public class MessageRejectedException extends MessagingException {

    public MessageRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
