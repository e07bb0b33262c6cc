package io.orderflow.service;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a service bears over HTTP.
 *
 * @param maxBodySize a request with a larger body is answered 413
 * @param bodyTimeout a request whose body takes longer to come in is answered 408
 * @param maxBufferedSize how much of all bodies together may be received and not handled yet; what goes beyond it is
 *     answered 503
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
