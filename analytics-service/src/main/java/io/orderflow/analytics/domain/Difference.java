package io.orderflow.analytics.domain;

import org.jspecify.annotations.Nullable;

/**
 * A result that is not the same live and rebuilt.
 *
 * @param result what it is: customer, minute, suspicious order, high-value order
 * @param id the customer, the minute, or the order
 * @param live its figures as JSON; null if it is only rebuilt
 * @param rebuilt its figures as JSON; null if it is only live
 */
public record Difference(
        String result,
        String id,
        @Nullable String live,
        @Nullable String rebuilt) {

    /** Identifies it among the differences. */
    public String key() {
        return result + " " + id;
    }
}
