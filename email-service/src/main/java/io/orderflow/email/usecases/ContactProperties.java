package io.orderflow.email.usecases;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The retention of customers' addresses, which are personal data.
 *
 * @param retention how long the address of an order is kept; longer than an order takes and dead letters are kept, because
 *     no e-mail can be sent after that
 */
@ConfigurationProperties("email.contacts")
record ContactProperties(@DefaultValue(DEFAULT_RETENTION) Duration retention) {

    static final String DEFAULT_RETENTION = "90d";

    ContactProperties {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("email.contacts.retention must be positive, not " + retention + ".");
        }
    }
}
