package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.MessageBroker;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Chosen by {@code messaging.broker=rabbitmq}; the connection is Spring Boot's, from {@code spring.rabbitmq.*}. */
@AutoConfiguration(after = RabbitAutoConfiguration.class)
@ConditionalOnClass(CachingConnectionFactory.class)
@ConditionalOnProperty(name = "messaging.broker", havingValue = "rabbitmq")
@EnableConfigurationProperties(RabbitMessagingProperties.class)
public class RabbitMessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(MessageBroker.class)
    RabbitBroker rabbitBroker(CachingConnectionFactory factory, RabbitMessagingProperties properties) {
        return new RabbitBroker(factory, properties);
    }
}
