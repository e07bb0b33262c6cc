package io.orderflow.messaging.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings in addition to Spring Boot's {@code spring.kafka.*}.
 *
 * @param replicationFactor the number of replicas of a new topic; a message is accepted once a majority has stored it. Unset:
 *     three, or the number of available brokers if that is less. Set it to 3 in production: creating a topic then fails while
 *     brokers are unavailable, instead of creating fewer replicas
 * @param sendTimeout how long a broker may take to accept a message before sending fails
 */
@ConfigurationProperties("messaging.kafka")
public record KafkaMessagingProperties(
        @Nullable Short replicationFactor,
        @DefaultValue("10s") Duration sendTimeout) {

    public static final Duration DEFAULT_SEND_TIMEOUT = Duration.ofSeconds(10);

    public KafkaMessagingProperties {
        if (replicationFactor != null && replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "messaging.kafka.replication-factor must be at least 1, not " + replicationFactor + ".");
        }
        if (sendTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "messaging.kafka.send-timeout must be at least 1s, not " + sendTimeout.toMillis() + "ms.");
        }
    }

    public static KafkaMessagingProperties defaults() {
        return new KafkaMessagingProperties(null, DEFAULT_SEND_TIMEOUT);
    }
}
