package io.orderflow.console.services;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters.
 *
 * @param total how many match
 * @param fingerprints all that match, counted by failure
 */
public record DeadLetterPage(List<DeadLetter> items, int page, int size, long total, List<Similar> fingerprints) {

    /** Dead letters with the same fingerprint, and their number. */
    public record Similar(
            String fingerprint,
            @Nullable String exception,
            @Nullable String place,
            String reason,
            long number,
            Instant firstFailure,
            Instant lastFailure) {}

    public boolean hasNext() {
        return (page + 1L) * size < total;
    }
}
