package io.orderflow.order.webhooks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The delay that a response requests by {@code Retry-After}: seconds or a date, at most {@link #LONGEST}. */
final class RetryAfter {

    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Zero if there is none, or it cannot be parsed. */
    static Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        Duration delay = delay(header.trim(), now);
        return delay.isNegative() ? Duration.ZERO : delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    private static Duration delay(String text, Instant now) {
        try {
            return text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
