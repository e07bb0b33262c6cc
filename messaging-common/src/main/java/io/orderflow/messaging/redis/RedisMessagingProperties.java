package io.orderflow.messaging.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of messaging on Redis. The connection is configured by Spring Boot's {@code spring.data.redis.*}.
 *
 * @param timeout how long to wait for a reply before the server counts as unavailable
 * @param replicas how many replicas must have a message before it is accepted
 * @param waitForFsync with {@code appendfsync everysec}, whether a send waits up to a second until the message is on disk
 *     (since Redis 7.2); if not, a crash of the machine loses up to a second of accepted messages. Without effect with
 *     {@code appendfsync always}, which is faster
 * @param trim delete what every group of a topic has acknowledged. Turn it off if a group that is added later must receive
 *     old messages, or if a stream is read without a group
 */
@ConfigurationProperties("messaging.redis")
public record RedisMessagingProperties(
        @DefaultValue(DEFAULT_TIMEOUT) Duration timeout,
        @DefaultValue("0") int replicas,
        @DefaultValue("true") boolean waitForFsync,
        @DefaultValue("true") boolean trim) {

    static final String DEFAULT_TIMEOUT = "10s";
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

    public RedisMessagingProperties {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("messaging.redis.timeout must be at least 100ms, not " + timeout + ".");
        }
        if (replicas < 0) {
            throw new IllegalArgumentException(
                    "messaging.redis.replicas must not be negative, but is " + replicas + ".");
        }
    }

    public static RedisMessagingProperties defaults() {
        return new RedisMessagingProperties(Duration.ofSeconds(10), 0, true, true);
    }
}
