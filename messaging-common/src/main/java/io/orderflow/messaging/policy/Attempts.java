package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The earlier attempts of a message, from its headers. They are read only on the group's own retry topic and clamped there,
 * so that a forged number gives a message neither endless attempts nor none.
 *
 * @param failed how many attempts have failed
 * @param firstFailure when the first one failed; null if none has
 */
record Attempts(int failed, @Nullable Instant firstFailure) {

    static Attempts of(Delivery<String, byte[]> delivery, Subscription subscription, int maxAttempts) {
        if (!delivery.topic().equals(subscription.retryTopic())) {
            return new Attempts(0, null);
        }
        int failed = Math.min(Math.max(number(delivery.message().header(Headers.ATTEMPTS)), 0), maxAttempts - 1);
        return new Attempts(failed, instant(delivery.message().header(Headers.FIRST_FAILURE)));
    }

    Attempts oneMore(Instant now) {
        return new Attempts(failed + 1, firstFailure == null ? now : firstFailure);
    }

    /** The same without the last one: a failure of an outage is not counted. */
    Attempts uncounted() {
        return new Attempts(failed - 1, firstFailure);
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
