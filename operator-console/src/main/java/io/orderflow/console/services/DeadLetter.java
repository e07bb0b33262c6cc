package io.orderflow.console.services;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter, as the operator API shows it.
 *
 * @param place where the exception was thrown
 * @param fingerprint the same for all failures with the same exception at the same place
 * @param attempts how often it was attempted before it was dead-lettered last
 * @param failures how often it was dead-lettered
 * @param traceId of the trace that the message was created in; null without one
 * @param state {@code WAITING} if it awaits an operator
 */
public record DeadLetter(
        long id,
        String group,
        String topic,
        String source,
        String messageId,
        @Nullable String type,
        @Nullable String key,
        int size,
        String reason,
        @Nullable String cause,
        @Nullable String exception,
        @Nullable String place,
        String fingerprint,
        int attempts,
        int failures,
        Instant firstFailure,
        Instant lastFailure,
        int redriven,
        @Nullable String traceId,
        String state,
        Instant changedAt) {

    public boolean isWaiting() {
        return "WAITING".equals(state);
    }
}
