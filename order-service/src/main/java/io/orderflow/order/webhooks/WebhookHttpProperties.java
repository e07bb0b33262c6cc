package io.orderflow.order.webhooks;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The requests to webhooks.
 *
 * @param connectTimeout the longest time until a connection is established
 * @param timeout the longest time that a request and its response may take altogether; at most 45 s, because a worker that takes a
 *     minute is interrupted
 * @param allowLoopback whether requests may be sent to this machine; for development only
 */
@ConfigurationProperties("orders.webhooks.http")
record WebhookHttpProperties(
        @DefaultValue(DEFAULT_CONNECT_TIMEOUT) Duration connectTimeout,
        @DefaultValue(DEFAULT_TIMEOUT) Duration timeout,
        @DefaultValue("false") boolean allowLoopback) {

    static final String DEFAULT_CONNECT_TIMEOUT = "5s";
    static final String DEFAULT_TIMEOUT = "15s";

    private static final Duration LONGEST = Duration.ofSeconds(45);

    WebhookHttpProperties {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("timeout", timeout);
        if (timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("orders.webhooks.http.timeout must be at most " + LONGEST.toSeconds()
                    + " s, not " + timeout.toSeconds() + " s.");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "orders.webhooks.http." + name + " must be at least 1 ms, not " + value + ".");
        }
    }
}
