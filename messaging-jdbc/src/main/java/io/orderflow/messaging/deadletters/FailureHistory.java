package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.database.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The failure that a dead letter's headers describe. The headers may be written by anybody, and may be missing where a broker
 * dead-lettered the message by itself: implausible values count as missing.
 *
 * @param failedAt when it was dead-lettered; null if unknown
 * @param redrive the redrive after which it failed; null if it never was redriven
 */
record FailureHistory(
        String reason,
        @Nullable String cause,
        @Nullable String exception,
        @Nullable String place,
        int attempts,
        @Nullable Instant firstFailure,
        @Nullable Instant failedAt,
        @Nullable UUID redrive) {

    private static final String UNKNOWN_REASON = "The broker dead-lettered it and gives no reason.";
    private static final int MAX_ATTEMPTS = 1_000_000;
    private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);
    private static final int FINGERPRINT_BYTES = 6;

    static FailureHistory of(Message<String, byte[]> message, Instant now) {
        String reason = text(message, Headers.DEAD_LETTER_REASON);
        String cause = text(message, Headers.DEAD_LETTER_CAUSE);
        return new FailureHistory(
                reason == null ? UNKNOWN_REASON : reason,
                cause,
                cause == null ? null : cause.split("[:\\s]", 2)[0],
                text(message, Headers.DEAD_LETTER_PLACE),
                number(message.header(Headers.ATTEMPTS)),
                instant(message.header(Headers.FIRST_FAILURE), now),
                instant(message.header(Headers.DEAD_LETTERED_AT), now),
                uuid(message.header(Headers.REDRIVE)));
    }

    /** Of the exception and its place; of the reason if the broker dead-lettered it. */
    String fingerprint() {
        String what = exception == null ? reason : exception + "@" + place;
        return HexFormat.of().formatHex(sha256(what.getBytes(StandardCharsets.UTF_8)), 0, FINGERPRINT_BYTES);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static @Nullable String text(Message<String, byte[]> message, String header) {
        String text = message.header(header);
        return text == null || text.isBlank() ? null : StorableText.of(text);
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Math.min(Math.max(Integer.parseInt(text), 0), MAX_ATTEMPTS);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable Instant instant(@Nullable String text, Instant now) {
        try {
            Instant instant = text == null ? null : Instant.parse(text);
            return instant == null || instant.isBefore(Instant.EPOCH) || instant.isAfter(now.plus(MAX_CLOCK_SKEW))
                    ? null
                    : instant;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
