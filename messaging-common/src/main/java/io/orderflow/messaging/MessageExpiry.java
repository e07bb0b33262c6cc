package io.orderflow.messaging;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** When a message expires, as its {@link Headers#EXPIRES_AT} says. One without a valid time does not expire. */
public final class MessageExpiry {

    private MessageExpiry() {}

    /** Whether a message with these headers has expired at this time. */
    public static boolean isExpired(Map<String, String> headers, Instant now) {
        String stated = headers.get(Headers.EXPIRES_AT);
        try {
            return stated != null && now.isAfter(Instant.parse(stated));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
