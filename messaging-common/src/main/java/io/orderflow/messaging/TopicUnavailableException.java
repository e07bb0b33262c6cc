package io.orderflow.messaging;

import org.jspecify.annotations.Nullable;

/**
 * The broker is available, but a part of one topic is missing or has other settings than the application declares. It may be
 * declared again by the next attempt. Other topics are not affected.
 */
public class TopicUnavailableException extends MessagingException {

    public TopicUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
