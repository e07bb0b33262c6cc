package io.orderflow.service;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a service bears over HTTP.
 *
 * @param maxBodySize a request with a larger body is answered 413
 */
@ConfigurationProperties("orderflow.http")
record HttpProperties(
        @DefaultValue(HttpProperties.DEFAULT_MAX_BODY_SIZE) DataSize maxBodySize) {

    static final String DEFAULT_MAX_BODY_SIZE = "256KB";

    HttpProperties {
        if (maxBodySize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "orderflow.http.max-body-size must be positive, not " + maxBodySize + ".");
        }
    }
}
