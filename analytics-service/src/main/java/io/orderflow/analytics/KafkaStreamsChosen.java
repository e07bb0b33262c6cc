package io.orderflow.analytics;

import org.springframework.boot.autoconfigure.condition.AllNestedConditions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** A Kafka Streams topology counts the orders: on Kafka, unless {@code analytics.processing} is {@code subscription}. */
public final class KafkaStreamsChosen extends AllNestedConditions {

    KafkaStreamsChosen() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(name = "messaging.broker", havingValue = "kafka")
    static class OnKafka {}

    @ConditionalOnProperty(name = "analytics.processing", havingValue = "streams", matchIfMissing = true)
    static class NotSubscription {}
}
