package io.orderflow.order.usecases;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests with an Idempotency-Key.
 *
 * @param retention how long the response to a request is stored and returned when the request is repeated
 */
@ConfigurationProperties("orders.idempotency")
record IdempotencyProperties(
        @DefaultValue(IdempotencyProperties.DEFAULT_RETENTION)
        Duration retention) {

    static final String DEFAULT_RETENTION = "24h";

    IdempotencyProperties {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("orders.idempotency.retention must be positive, not " + retention + ".");
        }
    }
}
