package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.memory.MemoryBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectRecovererTest {

    private static final String DEAD_LETTERS = "orders.stock.dlq";

    private final MemoryBroker broker = new MemoryBroker();
    private final DirectRecoverer recoverer = new DirectRecoverer(broker.producer());
    private final Message<String, byte[]> message = new Message<>("k", new byte[] {1, 2}, Map.of(), Instant.EPOCH);

    @Test
    void nothing_is_delayed() {
        assertThat(recoverer.later("orders.stock.retry", message, Duration.ZERO))
                .isFalse();
        assertThat(poll("orders.stock.retry")).isEmpty();
    }

    @Test
    void a_dead_letter_is_on_the_broker_when_the_call_returns() {
        recoverer.deadLetter(DEAD_LETTERS, message);

        assertThat(poll(DEAD_LETTERS))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.message().value()).isEqualTo(message.value()));
    }

    private List<Delivery<String, byte[]>> poll(String topic) {
        try (MessageConsumer<String, byte[]> member = broker.consumer("reader", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named(topic)));
            return member.poll(Duration.ZERO);
        }
    }
}
