package io.orderflow.service;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits on request bodies.
 *
 * @param maxBodySize maximum size of a request body; a request with a larger one is answered with 413
 * @param bodyTimeout maximum time to receive a request body; a slower request is answered with 408
 * @param maxBufferedSize maximum size of all bodies together that are received and not handled yet; a request that exceeds
 *     it is answered with 503
 */
@ConfigurationProperties("orderflow.http")
record HttpProperties(
        @DefaultValue(HttpProperties.DEFAULT_MAX_BODY_SIZE) DataSize maxBodySize,
        @DefaultValue(HttpProperties.DEFAULT_BODY_TIMEOUT) Duration bodyTimeout,

        @DefaultValue(HttpProperties.DEFAULT_MAX_BUFFERED_SIZE)
        DataSize maxBufferedSize) {

    static final String DEFAULT_MAX_BODY_SIZE = "256KB";
    static final String DEFAULT_BODY_TIMEOUT = "10s";
    static final String DEFAULT_MAX_BUFFERED_SIZE = "32MB";

    HttpProperties {
        if (maxBodySize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "orderflow.http.max-body-size must be positive, not " + maxBodySize + ".");
        }
        if (bodyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "orderflow.http.body-timeout must be at least a millisecond, not " + bodyTimeout + ".");
        }
        if (maxBufferedSize.compareTo(maxBodySize) < 0) {
            throw new IllegalArgumentException("orderflow.http.max-buffered-size is " + maxBufferedSize
                    + "; it must be at least orderflow.http.max-body-size, which is " + maxBodySize + ".");
        }
    }
}
