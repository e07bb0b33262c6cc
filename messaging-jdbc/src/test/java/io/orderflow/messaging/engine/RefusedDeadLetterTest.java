package io.orderflow.messaging.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message that is as large as the broker allows is too large for it with the story of its failure. */
class RefusedDeadLetterTest {

    /** Enough for the message, and not for the headers of a dead letter. */
    private static final int MAX_BYTES = 120;

    private final Handled handled = Handled.inFreshDatabase();
    private final MemoryBroker broker = new MemoryBroker(InstantSource.system(), MAX_BYTES);

    @AfterEach
    void close() {
        handled.close();
    }

    @Test
    void a_dead_letter_that_the_broker_refuses_is_kept_in_the_outbox_and_holds_up_nobody() {
        broker.declare(Topic.named("counts"), "test");
        Message<String, byte[]> poison = Counted.message("a", 0);
        EventSubscription subscription = EventSubscription.of("counts", "test")
                .on(Counted.class, "counted.v1", (counted, context) -> {
                    if (counted.number() == 0) {
                        throw new IllegalArgumentException("This one is poison.");
                    }
                    handled.note(counted.key(), counted.number());
                })
                .retrying(RetryPolicy.defaults().notRetrying(IllegalArgumentException.class));
        try (Instance instance = Instance.start(broker, handled.database(), subscription)) {
            broker.producer().sendBatch(Topic.named("counts"), List.of(poison, Counted.message("a", 1)));

            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1));
            assertThat(handled.jdbc()
                            .sql("select value from messaging_outbox where topic = 'counts.test.dlq'")
                            .query(byte[].class)
                            .list())
                    .singleElement()
                    .isEqualTo(poison.value());
        }
    }
}
