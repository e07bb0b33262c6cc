package io.orderflow.messaging.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.SequenceNumber;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InSequenceTest {

    private final List<Place> recorded = new ArrayList<>();
    private final InSequence sequence =
            new InSequence(new Subscription("orders", "stock", 1, ConsumerOptions.defaults()), recorded::add);

    @Test
    void records_a_number_after_its_event_was_handled() throws Exception {
        MessageHandler handler = sequence.around(delivery -> {
            assertThat(recorded).isEmpty();
            return HandlerResult.HANDLED;
        });

        assertThat(handler.handle(numbered("orders", 7))).isEqualTo(HandlerResult.HANDLED);
        assertThat(recorded).containsExactly(new Place("stock", "orders", "/shop", "o1", 7));
    }

    @Test
    void records_a_retried_event_under_the_topic_itself() throws Exception {
        sequence.around(delivery -> HandlerResult.HANDLED).handle(numbered("orders.stock.retry", 7));

        assertThat(recorded).extracting(Place::topic).containsExactly("orders");
    }

    @Test
    void records_an_ignored_event_too_because_it_is_not_missing() throws Exception {
        assertThat(sequence.around(delivery -> HandlerResult.SKIPPED).handle(numbered("orders", 7)))
                .isEqualTo(HandlerResult.SKIPPED);
        assertThat(recorded).hasSize(1);
    }

    @Test
    void records_nothing_of_an_event_that_was_not_handled() {
        MessageHandler failing = sequence.around(delivery -> {
            throw new IllegalStateException("not yet");
        });

        assertThatIllegalStateException().isThrownBy(() -> failing.handle(numbered("orders", 7)));
        assertThat(recorded).isEmpty();
    }

    @Test
    void handles_an_event_without_a_number() throws Exception {
        Message<String, byte[]> message = new Message<>("o1", new byte[0], Map.of(), Instant.EPOCH);
        HandlerResult result = sequence.around(delivery -> HandlerResult.HANDLED)
                .handle(new Delivery<>("orders", message, "orders@1"));

        assertThat(result).isEqualTo(HandlerResult.HANDLED);
        assertThat(recorded).isEmpty();
    }

    private static Delivery<String, byte[]> numbered(String topic, long number) {
        Map<String, String> headers = Map.of(Headers.SOURCE, "/shop", Headers.SEQUENCE, SequenceNumber.text(number));
        return new Delivery<>(topic, new Message<>("o1", new byte[0], headers, Instant.EPOCH), topic + "@1");
    }
}
