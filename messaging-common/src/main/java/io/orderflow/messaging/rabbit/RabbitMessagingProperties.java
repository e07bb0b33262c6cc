package io.orderflow.messaging.rabbit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the adapter; those of the connection are {@code spring.rabbitmq.*}.
 *
 * @param confirmTimeout how long a send waits for the broker to confirm before it throws
 */
@ConfigurationProperties("messaging.rabbitmq")
public record RabbitMessagingProperties(@DefaultValue("10s") Duration confirmTimeout) {

    public static final Duration DEFAULT_CONFIRM_TIMEOUT = Duration.ofSeconds(10);

    public RabbitMessagingProperties {
        if (confirmTimeout.isNegative() || confirmTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "messaging.rabbitmq.confirm-timeout must be more than 0, not " + confirmTimeout + ".");
        }
    }

    public static RabbitMessagingProperties defaults() {
        return new RabbitMessagingProperties(DEFAULT_CONFIRM_TIMEOUT);
    }
}
