package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.OperatorPauses.OperatorPause;
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
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
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

    @Test
    void a_paused_subscription_handles_nothing_and_then_everything_in_order() {
        start(1);
        pause();
        for (int i = 1; i <= 5; i++) {
            send("o" + i);
        }
        awaitRounds();
        assertThat(handled).isEmpty();
        assertThat(consumers.subscriptions())
                .singleElement()
                .satisfies(each -> assertThat(each.pause()).isNotNull());
        assertThat(paused("operator")).isEqualTo(1);
        assertThat(paused("outage")).isZero();

        resume();
        await().untilAsserted(() -> assertThat(handled).containsExactly("o1", "o2", "o3", "o4", "o5"));
        assertThat(paused("operator")).isZero();
    }

    @Test
    void what_is_polled_waits_for_the_operator_and_its_member_is_not_stalled() {
        start(1);
        broker.producer().sendBatch(Topic.named("orders"), List.of(placed("slow"), placed("o1")));
        await().untilAsserted(() -> assertThat(begun).contains("slow"));
        pause();
        goOn.countDown();
        await().untilAsserted(() -> assertThat(handled).containsExactly("slow"));

        awaitRounds();
        assertThat(handled).containsExactly("slow");

        resume();
        await().untilAsserted(() -> assertThat(handled).containsExactly("slow", "o1"));
    }

    @Test
    void stopped_while_it_is_paused_it_returns_what_it_has_polled() {
        start(1);
        broker.producer().sendBatch(Topic.named("orders"), List.of(placed("slow"), placed("o1")));
        await().untilAsserted(() -> assertThat(begun).contains("slow"));
        pause();
        goOn.countDown();
        await().untilAsserted(() -> assertThat(handled).containsExactly("slow"));
        consumers.stop();

        start(1);
        await().untilAsserted(() -> assertThat(handled).contains("o1"));
    }

    private void pause() {
        consumers.pauses().replace(List.of(new OperatorPause("orders", "stock", "ada", Instant.EPOCH)));
    }

    private void resume() {
        consumers.pauses().replace(List.of());
    }

    /** Until the member has shown signs of life for longer than a poll takes. */
    private void awaitRounds() {
        Instant later = Instant.now().plus(ConsumerLoop.POLL.multipliedBy(2));
        await().until(() -> states().stream().allMatch(each -> each.lastSign().isAfter(later)));
    }

    private double paused(String reason) {
        return registry.get("messaging.subscription.paused")
                .tag("reason", reason)
                .gauge()
                .value();
    }

    private void start(int members) {
        EventSubscription subscription = EventSubscription.of("orders", "stock")
                .takingUntyped()
                .on(Placed.class, "order.placed.v1", (placed, context) -> {
                    begun.add(placed.orderId());
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
        Pipeline pipeline =
                new Pipeline(new DirectRecoverer(broker.producer()), PipelineFeatures.NONE, registry, clock);
        consumers = new Consumers(Brokers.only(broker), catalog, pipeline, List.of(subscription), List.of());
        consumers.start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> states().stream().allMatch(state -> state.lastSign() != null));
    }

    private List<MemberState> states() {
        return consumers.states();
    }

    private void send(String orderId) {
        broker.producer().send(Topic.named("orders"), placed(orderId));
    }

    private static Message<String, byte[]> placed(String orderId) {
        byte[] json = ("{\"orderId\":\"" + orderId + "\"}").getBytes(StandardCharsets.UTF_8);
        return new Message<>(orderId, json, Map.of(), Instant.EPOCH);
    }
}
