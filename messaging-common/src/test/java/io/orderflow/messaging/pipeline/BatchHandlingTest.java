package io.orderflow.messaging.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.events.EventBatchHandler;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.OperatorPauses;
import io.orderflow.messaging.policy.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Handlers that take several events of a poll at once. */
class BatchHandlingTest {

    private final List<List<String>> batches = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private HandlerMiddleware middleware = next -> next;

    private final EventBatchHandler<String> counted = items -> {
        if (items.contains("bad")) {
            throw new IllegalStateException("It is bad.");
        }
        batches.add(items);
    };

    private final EventSubscription subscription = EventSubscription.of("orders", "analytics")
            .onBatch(String.class, "placed", (name, context) -> name, counted)
            .onBatch(String.class, "confirmed", (name, context) -> name.toUpperCase(), counted)
            .on(String.class, "single", (name, context) -> batches.add(List.of("single " + name)))
            .ignoring("ignored")
            .retrying(RetryPolicy.defaults().maxAttempts(1));

    @Test
    void consecutive_events_of_one_batch_handler_are_handled_at_once_and_in_order() throws Exception {
        handle("placed a", "confirmed a", "ignored x", "placed b");

        assertThat(batches).containsExactly(List.of("a", "A", "b"));
    }

    @Test
    void an_event_of_another_handler_ends_a_batch() throws Exception {
        handle("placed a", "placed b", "single c", "placed d");

        assertThat(batches).containsExactly(List.of("a", "b"), List.of("single c"), List.of("d"));
    }

    @Test
    void an_event_that_fails_is_isolated_and_the_others_are_handled() throws Exception {
        handle("placed a", "placed bad", "confirmed b");

        assertThat(batches).containsExactly(List.of("a"), List.of("B"));
        assertThat(registry.get("messaging.dead.lettered").counter().count()).isEqualTo(1);
    }

    @Test
    void an_event_of_an_unknown_type_is_isolated_too() throws Exception {
        handle("placed a", "unknown b", "placed c");

        assertThat(batches).containsExactly(List.of("a"), List.of("c"));
        assertThat(registry.get("messaging.dead.lettered").counter().count()).isEqualTo(1);
    }

    @Test
    void a_batch_whose_last_event_a_middleware_skips_is_handled_message_by_message() throws Exception {
        middleware = next ->
                delivery -> delivery.message().key().equals("c") ? HandlerResult.SKIPPED : next.handle(delivery);
        handle("placed a", "placed b", "placed c");

        assertThat(batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void another_unit_of_work_is_refused() {
        assertThatThrownBy(() -> subscription.unitOfWork(UnitOfWork.MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("analytics on orders", "UnitOfWork.MESSAGE");
    }

    private void handle(String... events) throws Exception {
        MemoryBroker broker = new MemoryBroker();
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(broker.producer()),
                new PipelineFeatures(new Transactions(), null, null, List.of(), List.of(middleware)),
                registry,
                InstantSource.system());
        TimeLimit limit = new TimeLimit("test", Duration.ofMinutes(1));
        pipeline.of(subscription, pipeline.circuits(subscription, new OperatorPauses()), limit, StopCheck.NEVER)
                .handle(Stream.of(events).map(BatchHandlingTest::delivery).toList());
    }

    private static Delivery<String, byte[]> delivery(String event) {
        String[] parts = event.split(" ");
        byte[] json = ("\"" + parts[1] + "\"").getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(Headers.ID, parts[1], Headers.TYPE, parts[0]);
        return new Delivery<>("orders", new Message<>(parts[1], json, headers, Instant.EPOCH), "orders@" + parts[1]);
    }

    /** A transaction that takes back the batches of a poll that fails. */
    private final class Transactions implements Idempotency {

        @Override
        public HandlerMiddleware recording(Subscription subscription) {
            return next -> next;
        }

        @Override
        public HandlerMiddleware message(Subscription reads, StopCheck stop) {
            return next -> next;
        }

        @Override
        public AtomicBatch batch(Subscription reads, AtomicBatch newMessages) {
            return deliveries -> {
                try {
                    return newMessages.handle(deliveries);
                } catch (Exception e) {
                    batches.clear();
                    throw e;
                }
            };
        }
    }
}
