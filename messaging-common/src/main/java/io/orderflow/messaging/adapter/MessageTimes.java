package io.orderflow.messaging.adapter;

import io.orderflow.messaging.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The time of a message, where the broker's own timestamp means something else or has another precision. */
public final class MessageTimes {

    /** The header, or field, in which our producers send the time: milliseconds since 1970. */
    public static final String TIMESTAMP = "messaging-timestamp";

    private MessageTimes() {}

    /**
     * The time that a producer stated: {@link #TIMESTAMP}, or else {@link Headers#TIME}; null if it states neither in a form
     * that can be parsed.
     *
     * @param millis the value of {@link #TIMESTAMP}
     */
    public static @Nullable Instant stated(@Nullable String millis, Map<String, String> headers) {
        try {
            if (millis != null) {
                return Instant.ofEpochMilli(Long.parseLong(millis));
            }
            String time = headers.get(Headers.TIME);
            return time == null ? null : OffsetDateTime.parse(time).toInstant();
        } catch (NumberFormatException | DateTimeException e) {
            return null; // another producer uses these names for something else
        }
    }
}
