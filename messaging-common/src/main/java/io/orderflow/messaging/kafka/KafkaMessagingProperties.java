package io.orderflow.messaging.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Kafka needs beyond Spring Boot's own {@code spring.kafka.*}.
 *
 * @param replicationFactor on how many brokers a topic is kept that is created here; a write is accepted once a majority of them has it.
 *     Unset: on three, or on all brokers there are at that moment where they are fewer, so that one broker works out of
 *     the box. Set it to 3 in production: creating a topic then fails while brokers are missing, instead of making do
 * @param sendTimeout how long the broker may take to accept a message, and to tell where it goes, before sending fails
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
