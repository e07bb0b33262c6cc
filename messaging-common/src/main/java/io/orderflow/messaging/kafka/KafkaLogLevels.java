package io.orderflow.messaging.kafka;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Quiets Kafka's clients, as a default that {@code logging.level.*} overrides. Each client lists all its settings when it
 * starts, and each writes a line a second while a broker is away, where one line of ours says it for all.
 */
final class KafkaLogLevels implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "messaging.kafka log levels",
                        Map.of(
                                "logging.level.org.apache.kafka", "warn",
                                "logging.level.org.apache.kafka.clients.NetworkClient", "error",
                                // a topic that was created a moment ago is an error to it
                                "logging.level.org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy", "off",
                                "logging.level.org.apache.kafka.clients.producer.internals.Sender", "error")));
    }
}
