package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumersTest {

    private static final String FIRST_MEMBER = "orders-stock-1";

    record Placed(String orderId) {}

    private final MemoryBroker broker = new MemoryBroker();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger errorsToCome = new AtomicInteger();
    private Consumers consumers;

    @AfterEach
    void stop() {
        goOn.countDown();
        consumers.stop();
    }

    @Test
    void a_member_whose_thread_has_died_is_started_again_and_says_so() {
        start(2);
        send("o1");
        await().untilAsserted(() -> assertThat(handled).containsExactly("o1"));

        errorsToCome.set(2); // the loop survives the first, and the second one meets it while it deals with the first
        await().untilAsserted(() ->
                assertThat(states()).extracting(MemberState::restarts).containsExactlyInAnyOrder(1, 0));
        await().untilAsserted(() -> assertThat(states()).allMatch(MemberState::alive));
        for (int i = 2; i <= 20; i++) {
            send("o" + i);
        }
        await().untilAsserted(() -> assertThat(handled).hasSize(20).doesNotHaveDuplicates());
    }

    @Test
    void one_key_that_takes_its_time_does_not_hold_up_those_of_other_members() {
        start(3);
        send("slow");
        for (int i = 1; i <= 50; i++) {
            send("o" + i);
        }
        await().untilAsserted(() -> assertThat(handled).hasSizeGreaterThan(20).doesNotContain("slow"));
        goOn.countDown();
        await().untilAsserted(() -> assertThat(handled).hasSize(51).contains("slow"));
    }

    private void start(int members) {
        EventSubscription subscription = EventSubscription.of("orders", "stock")
                .takingUntyped()
                .on(Placed.class, "order.placed.v1", (placed, context) -> {
                    if (placed.orderId().equals("slow")) {
                        goOn.await();
                    }
                    handled.add(placed.orderId());
                })
                .members(members);
        InstantSource clock = () -> {
            if (Thread.currentThread().getName().equals(FIRST_MEMBER)
                    && errorsToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("in the loop");
            }
            return Instant.now();
        };
        TopicCatalog catalog = new TopicCatalog(Map.of());
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(broker.producer()),
                PipelineFeatures.NONE,
                new MessageIds(broker.traits()),
                new SimpleMeterRegistry(),
                clock);
        consumers = new Consumers(broker, catalog, pipeline, List.of(subscription), List.of());
        consumers.start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> states().stream().allMatch(state -> state.lastSign() != null));
    }

    private List<MemberState> states() {
        return consumers.states();
    }

    private void send(String orderId) {
        byte[] json = ("{\"orderId\":\"" + orderId + "\"}").getBytes(StandardCharsets.UTF_8);
        broker.producer().send(Topic.named("orders"), new Message<>(orderId, json, Map.of(), Instant.EPOCH));
    }
}
