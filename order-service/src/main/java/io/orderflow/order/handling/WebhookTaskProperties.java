package io.orderflow.order.handling;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Attempts of webhook deliveries.
 *
 * @param retryDelays the delays after the first failed attempt, the second and so on, before the delivery has failed; each is
 *     prolonged by up to a fifth. The default is the schedule of Standard Webhooks
 * @param workers the number of concurrent requests of an instance, to different endpoints
 */
@ConfigurationProperties("orders.webhooks")
record WebhookTaskProperties(
        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retryDelays,

        @DefaultValue(DEFAULT_WORKERS) int workers) {

    static final String DEFAULT_WORKERS = "4";

    WebhookTaskProperties {
        if (workers < 1) {
            throw new IllegalArgumentException("orders.webhooks.workers must be at least 1, not " + workers + ".");
        }
        if (retryDelays.isEmpty() || retryDelays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(
                    "orders.webhooks.retry-delays must be at least one delay, none of them negative, not " + retryDelays
                            + ".");
        }
    }
}
