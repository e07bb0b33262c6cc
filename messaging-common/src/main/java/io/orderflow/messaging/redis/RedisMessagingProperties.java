package io.orderflow.messaging.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about messages on Redis. How to reach the server is said by Spring Boot's {@code spring.data.redis.*}.
 *
 * @param timeout how long the server may take to answer before it counts as away
 * @param replicas how many replicas must have a message before it is accepted; none by default
 * @param waitForFsync with {@code appendfsync everysec}, a message is accepted once it is on disk, for which a send
 *     waits up to a second (Redis 7.2 and newer). Without, a crash of the machine loses up to a second of accepted
 *     messages. It does not matter with {@code appendfsync always}, which is faster than either waiting
 * @param trim delete what every group of a topic has acknowledged. Turn it off where a group may be added later that is to
 *     see the past, or where somebody reads a stream without a group
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
