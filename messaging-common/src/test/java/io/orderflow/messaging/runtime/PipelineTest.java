package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.memory.MemoryBroker;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Subscriptions that ask for what cannot be kept do not start. */
class PipelineTest {

    private final MemoryBroker broker = new MemoryBroker();
    private final Pipeline pipeline = new Pipeline(
            new DirectSetAside(broker.producer()),
            PersistentFeatures.NONE,
            new MessageIds(broker.traits()),
            new SimpleMeterRegistry(),
            InstantSource.system());

    @Test
    void the_latest_state_only_cannot_be_kept_without_a_transaction_around_the_handler() {
        assertThatIllegalStateException()
                .isThrownBy(() -> start(EventSubscription.of("orders", "mail")
                        .onLatest(Object.class, "order.confirmed.v1", (event, context) -> {})
                        .unitOfWork(UnitOfWork.SELF_MANAGED)))
                .withMessageContaining("mail on orders")
                .withMessageContaining("UnitOfWork.MESSAGE");
    }

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
