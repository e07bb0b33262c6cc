package io.orderflow.messaging.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters with the same fingerprint.
 *
 * @param number how many of them there are
 */
public record SimilarDeadLetters(
        String fingerprint,
        @Nullable String exception,
        @Nullable String place,
        String reason,
        long number,
        Instant firstFailure,
        Instant lastFailure) {}
