package io.orderflow.messaging.memory;

import io.orderflow.messaging.adapter.ConditionalOnBroker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/** {@code messaging.broker=memory}: for tests and experiments; messages do not survive the process. */
@AutoConfiguration
@ConditionalOnBroker("memory")
public class MemoryMessagingAutoConfiguration {

    @Bean
    @Fallback
    MemoryBroker memoryBroker() {
        return new MemoryBroker();
    }
}
