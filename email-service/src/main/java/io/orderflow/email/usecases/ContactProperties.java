package io.orderflow.email.usecases;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long customers' addresses are kept; they are personal data.
 *
 * @param retention how long an order's address is kept. A later e-mail cannot be sent, so this has to be longer than an
 *     order takes, and longer than the retention of dead letters
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
