package io.orderflow.order.publishing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When customers are informed that their order waits for shipping.
 *
 * @param after how long after the confirmation; from 1 second to 30 days
 */
@ConfigurationProperties("orders.shipping-reminder")
record ReminderProperties(@DefaultValue(DEFAULT_AFTER) Duration after) {

    static final String DEFAULT_AFTER = "24h";

    private static final Duration LONGEST = Duration.ofDays(30);

    ReminderProperties {
        if (after.toSeconds() < 1 || after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "orders.shipping-reminder.after must be from 1 second to 30 days, not " + after + ".");
        }
    }
}
