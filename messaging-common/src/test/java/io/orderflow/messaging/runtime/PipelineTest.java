package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.policy.DirectRecoverer;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Subscriptions that ask for what cannot be kept do not start. */
class PipelineTest {

    private final MemoryBroker broker = new MemoryBroker();
    private final Pipeline pipeline = new Pipeline(
            new DirectRecoverer(broker.producer()),
            PersistentFeatures.NONE,
            new MessageIds(broker.traits()),
            new SimpleMeterRegistry(),
            InstantSource.system());

    @Test
    void sequences_need_a_database() {
        assertThatIllegalStateException()
                .isThrownBy(() -> start(EventSubscription.of("orders", "mail")
                        .on(Object.class, "order.confirmed.v1", (event, context) -> {})
                        .inSequence()))
                .withMessageContaining("DataSource");
    }

    private void start(EventSubscription subscription) {
        pipeline.of(
                subscription,
                pipeline.circuits(subscription),
                new TimeLimit("test", Duration.ofSeconds(1)),
                new StopSignal());
    }
}
