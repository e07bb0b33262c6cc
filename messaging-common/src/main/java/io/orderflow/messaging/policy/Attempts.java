package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of its earlier attempts. Believed only of messages on the group's own retry topic, and clamped
 * even there: a forged number can neither give a message endless attempts nor break arithmetic.
 *
 * @param failed how many attempts have failed
 * @param firstFailure when the first one did; null while none has
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

    /** The same number: this failure was none of the message's doing. */
    Attempts noneMore(Instant now) {
        return new Attempts(failed, firstFailure == null ? now : firstFailure);
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
