package io.orderflow.analytics;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Conditional;

/** A plain subscription counts the orders: where {@link KafkaStreamsChosen} does not match. */
public final class SubscriptionChosen extends NoneNestedConditions {

    SubscriptionChosen() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @Conditional(KafkaStreamsChosen.class)
    static class Streams {}
}
