package io.orderflow.messaging.rabbit;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Quiets Spring's connections, as a default that {@code logging.level.*} overrides: while a broker is away they announce
 * every attempt, where one line of ours says it for all.
 */
final class RabbitLogLevels implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "messaging.rabbitmq log levels",
                        Map.of("logging.level.org.springframework.amqp.rabbit.connection", "warn")));
    }
}
