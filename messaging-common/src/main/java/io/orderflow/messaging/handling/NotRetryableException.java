package io.orderflow.messaging.handling;

import org.jspecify.annotations.Nullable;

/** A message cannot be handled however often it is tried: it is dead-lettered at once. */
public abstract class NotRetryableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected NotRetryableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Why it is dead-lettered, as its header says. */
    public String reason() {
        return "the failure is not retryable";
    }
}
