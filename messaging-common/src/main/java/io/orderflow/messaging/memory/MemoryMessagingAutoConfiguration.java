package io.orderflow.messaging.memory;

import io.orderflow.messaging.adapter.NoBrokerOfTheApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Fallback;

/** {@code messaging.broker=memory}: for tests and experiments; messages do not survive the process. */
@AutoConfiguration
@ConditionalOnBooleanProperty("messaging.brokers.memory")
public class MemoryMessagingAutoConfiguration {

    @Bean
    @Fallback
    @Conditional(NoBrokerOfTheApplication.class)
    MemoryBroker memoryBroker() {
        return new MemoryBroker();
    }
}
