package io.orderflow.messaging.events;

import io.orderflow.messaging.handling.RetryLaterException;
import java.time.Duration;

/**
 * The handler cannot handle this event yet, and did not try. It gets it again after the delay, with the same attempt number,
 * however often it is postponed.
 */
public class PostponedException extends RetryLaterException {

    private static final long serialVersionUID = 1L;

    public PostponedException(String message, Duration delay) {
        super(message, delay, null);
    }

    @Override
    public boolean isAttempt() {
        return false;
    }
}
