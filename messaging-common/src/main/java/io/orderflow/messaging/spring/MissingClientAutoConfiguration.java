package io.orderflow.messaging.spring;

import io.orderflow.messaging.MessageBroker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Fails the start if no adapter has configured the chosen broker, because its client is missing. After all adapters, therefore. */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
public class MissingClientAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MessageBroker brokerWithoutClient(MessagingProperties properties) {
        throw BrokerChoice.invalid(BrokerChoice.PROPERTY + " is '" + properties.broker()
                + "', but its client is not on the classpath. Add the Spring Boot starter of that client.");
    }
}
