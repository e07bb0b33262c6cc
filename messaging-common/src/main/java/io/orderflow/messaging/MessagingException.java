package io.orderflow.messaging;

import org.jspecify.annotations.Nullable;

/**
 * The broker was unavailable, did not answer in time, or refused. The operation may have taken effect all the same; everything
 * in this library can be repeated safely.
 */
public class MessagingException extends RuntimeException {

    public MessagingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
