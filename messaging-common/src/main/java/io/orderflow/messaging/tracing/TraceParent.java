package io.orderflow.messaging.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a W3C {@code traceparent} header.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether the span is recorded
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {

    private static final Pattern FORMAT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]([0-9a-f])(-.*)?");

    /** The header's value; empty if it is missing or malformed. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher parts = FORMAT.matcher(header);
        return parts.matches()
                ? Optional.of(new TraceParent(parts.group(1), parts.group(2), isOdd(parts.group(3))))
                : Optional.empty();
    }

    private static boolean isOdd(String digit) {
        return Character.digit(digit.charAt(0), 16) % 2 == 1;
    }

    /** As a header's value. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
