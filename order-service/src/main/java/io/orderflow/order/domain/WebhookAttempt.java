package io.orderflow.order.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to an endpoint, and its answer.
 *
 * @param status the HTTP status; null if there was no response
 * @param answer the beginning of the response's body, or why there was no response
 * @param retryAfter the delay that the response requests; zero if none
 */
public record WebhookAttempt(
        Instant at, Duration took, @Nullable Integer status, String answer, Duration retryAfter) {

    private static final int GONE = 410;

    public boolean isAccepted() {
        return status != null && status >= 200 && status < 300;
    }

    /** The endpoint wants no further request. */
    public boolean isGone() {
        return status != null && status == GONE;
    }

    @Override
    public String toString() {
        return status == null ? answer : "status " + status;
    }
}
