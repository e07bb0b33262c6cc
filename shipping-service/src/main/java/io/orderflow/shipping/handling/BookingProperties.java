package io.orderflow.shipping.handling;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this instance works on bookings.
 *
 * @param workers how many bookings of each lane it has under way at a time
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
