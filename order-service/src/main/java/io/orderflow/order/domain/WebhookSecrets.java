package io.orderflow.order.domain;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that sign the requests to an endpoint, as the endpoint is given them: {@code whsec_} and 256 random bits in Base64.
 *
 * @param previous signs too until {@code previousUntil}, so that the endpoint can change its secret at any time before; null if
 *     there is none
 */
public record WebhookSecrets(
        String current, @Nullable String previous, @Nullable Instant previousUntil) {

    public static final String PREFIX = "whsec_";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static WebhookSecrets create() {
        return new WebhookSecrets(random(), null, null);
    }

    /** Those that sign at this time, the current one first. */
    public List<String> validAt(Instant time) {
        return previous != null && previousUntil != null && time.isBefore(previousUntil)
                ? List.of(current, previous)
                : List.of(current);
    }

    /** A new secret. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Without the secrets: it may be logged. */
    @Override
    public String toString() {
        return "WebhookSecrets[previousUntil=" + previousUntil + "]";
    }
}
