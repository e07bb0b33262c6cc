package io.orderflow.shipping.handling;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The concurrency of bookings.
 *
 * @param workers number of concurrent bookings in each of the two queues (standard and express), per instance
 */
@ConfigurationProperties("shipping.booking")
record BookingProperties(@DefaultValue(DEFAULT_WORKERS) int workers) {

    static final String DEFAULT_WORKERS = "4";

    BookingProperties {
        if (workers < 1) {
            throw new IllegalArgumentException("shipping.booking.workers must be at least 1, not " + workers + ".");
        }
    }
}
