package io.orderflow.messaging.kafka;

import io.orderflow.messaging.adapter.ConditionalOnBroker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** Chosen by {@code messaging.broker=kafka}; the connection is Spring Boot's, from {@code spring.kafka.*}. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnClass(ProducerFactory.class)
@ConditionalOnBroker("kafka")
@EnableConfigurationProperties(KafkaMessagingProperties.class)
public class KafkaMessagingAutoConfiguration {

    @Bean
    @Fallback
    @SuppressWarnings(
            "unchecked") // the adapter sets the serializers itself, whatever types the factories are declared for
    KafkaBroker kafkaBroker(
            ProducerFactory<?, ?> producers,
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin admin,
            KafkaMessagingProperties properties) {
        return new KafkaBroker(
                (ProducerFactory<String, byte[]>) producers,
                (ConsumerFactory<String, byte[]>) consumers,
                admin.getConfigurationProperties(),
                properties);
    }
}
