package io.orderflow.messaging.memory;

import io.orderflow.messaging.MessageBroker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** {@code messaging.broker=memory}: for tests and experiments; messages do not survive the process. */
@AutoConfiguration
@ConditionalOnProperty(name = "messaging.broker", havingValue = "memory")
public class MemoryMessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(MessageBroker.class)
    MemoryBroker memoryBroker() {
        return new MemoryBroker();
    }
}
