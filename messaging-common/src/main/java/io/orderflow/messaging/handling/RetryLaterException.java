package io.orderflow.messaging.handling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A message is tried again, not before the delay. It concerns this message alone, however many messages fail with it. */
public abstract class RetryLaterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    protected RetryLaterException(String message, Duration delay, @Nullable Throwable cause) {
        super(message, cause);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }

    /** Whether it counts as a failed attempt. */
    public abstract boolean isAttempt();
}
