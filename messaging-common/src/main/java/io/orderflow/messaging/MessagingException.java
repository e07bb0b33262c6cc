package io.orderflow.messaging;

import org.jspecify.annotations.Nullable;

/**
 * The broker could not be reached, did not answer in time, or refused. Whatever was being done may have happened all the
 * same; doing it again is safe for everything in this library.
 */
public class MessagingException extends RuntimeException {

    public MessagingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
