package io.orderflow.shipping.carrier;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The behaviour of the simulated carrier.
 *
 * @param delay time until the carrier answers; may be 0
 * @param failureRate fraction of the requests that fail, from 0 (none) to 1 (all)
 */
@ConfigurationProperties("shipping.carrier")
record SimulatedCarrierProperties(
        @DefaultValue(DEFAULT_DELAY) Duration delay,
        @DefaultValue(DEFAULT_FAILURE_RATE) double failureRate) {

    static final String DEFAULT_DELAY = "1s";
    static final String DEFAULT_FAILURE_RATE = "0";

    SimulatedCarrierProperties {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("shipping.carrier.delay must not be negative, but is " + delay + ".");
        }
        if (!(failureRate >= 0 && failureRate <= 1)) {
            throw new IllegalArgumentException(
                    "shipping.carrier.failure-rate must be from 0 to 1, not " + failureRate + ".");
        }
    }
}
