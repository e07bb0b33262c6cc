package io.orderflow.messaging.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import io.orderflow.messaging.policy.OperatorPauses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTransactionTest {

    private final Subscription subscription = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Circuits circuits =
            new Circuits(subscription, new OperatorPauses(), any -> "order.placed.v1", () -> Instant.EPOCH, () -> 0.5);
    private final List<Delivery<String, byte[]>> poll = List.of(delivery(1), delivery(2));
    private final List<Delivery<String, byte[]>> oneByOne = new ArrayList<>();

    @Test
    void a_poll_that_succeeds_is_counted_and_not_handled_again() throws Exception {
        handle(deliveries -> List.of(HandlerResult.HANDLED, HandlerResult.DUPLICATE));

        assertThat(oneByOne).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(2);
        assertThat(count("messaging.inbox.duplicates")).isEqualTo(1);
        assertThat(registry.get("messaging.handling").timer().count()).isEqualTo(2);
    }

    @Test
    void a_poll_that_fails_is_handled_message_by_message_and_counted_there() throws Exception {
        handle(deliveries -> {
            throw new IllegalStateException("one of them");
        });

        assertThat(oneByOne).isEqualTo(poll);
        assertThat(count("messaging.handled")).isZero();
    }

    @Test
    void an_error_of_a_handler_does_not_end_the_consumer() throws Exception {
        handle(deliveries -> {
            throw new StackOverflowError();
        });

        assertThat(oneByOne).isEqualTo(poll);
    }

    private void handle(AtomicBatch batch) throws Exception {
        new BatchTransaction(batch, circuits, new HandlingMetrics(registry, subscription))
                .around(oneByOne::addAll)
                .handle(poll);
    }

    private double count(String name) {
        return registry.get(name).tag("group", "stock").counter().count();
    }

    private static Delivery<String, byte[]> delivery(int number) {
        return new Delivery<>("orders", new Message<>("k", new byte[0], Map.of(), Instant.EPOCH), "orders@" + number);
    }
}
