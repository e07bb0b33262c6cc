package io.orderflow.email.usecases;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How customers' addresses are kept; they are personal data.
 *
 * @param retention how long an order's address is kept. A letter that is due later cannot be sent, so this is longer than
 *     any order takes, and longer than dead letters wait for people
 */
@ConfigurationProperties("email.contacts")
record ContactProperties(@DefaultValue(DEFAULT_RETENTION) Duration retention) {

    static final String DEFAULT_RETENTION = "90d";

    ContactProperties {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException(
                    "email.contacts.retention must be longer than nothing, not " + retention + ".");
        }
    }
}
