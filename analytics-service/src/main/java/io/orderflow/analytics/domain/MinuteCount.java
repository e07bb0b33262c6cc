package io.orderflow.analytics.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The number of orders placed in a minute.
 *
 * @param minute its beginning
 */
public record MinuteCount(Instant minute, long orders) {

    public static final String TYPE = "analytics.minute-count.v1";

    /** The length of the window. */
    public static final Duration LENGTH = Duration.ofMinutes(1);

    /** The beginning of the minute of this time. */
    public static Instant minuteOf(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }
}
