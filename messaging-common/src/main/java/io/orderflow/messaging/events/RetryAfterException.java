package io.orderflow.messaging.events;

import io.orderflow.messaging.handling.RetryLaterException;
import java.time.Duration;

/** An attempt failed. The next one, if there is one, is delayed as the subscription defines, and at least by this delay. */
public class RetryAfterException extends RetryLaterException {

    private static final long serialVersionUID = 1L;

    /** @param delay at least; zero for that of the subscription */
    public RetryAfterException(String message, Duration delay) {
        super(message, delay, null);
    }

    @Override
    public boolean isAttempt() {
        return true;
    }
}
