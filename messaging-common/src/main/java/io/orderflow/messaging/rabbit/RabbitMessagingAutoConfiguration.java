package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.adapter.ConditionalOnBroker;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/** Chosen by {@code messaging.broker=rabbitmq}; the connection is Spring Boot's, from {@code spring.rabbitmq.*}. */
@AutoConfiguration(after = RabbitAutoConfiguration.class)
@ConditionalOnClass(CachingConnectionFactory.class)
@ConditionalOnBroker("rabbitmq")
@EnableConfigurationProperties(RabbitMessagingProperties.class)
public class RabbitMessagingAutoConfiguration {

    @Bean
    @Fallback
    RabbitBroker rabbitBroker(CachingConnectionFactory factory, RabbitMessagingProperties properties) {
        return new RabbitBroker(factory, properties);
    }
}
