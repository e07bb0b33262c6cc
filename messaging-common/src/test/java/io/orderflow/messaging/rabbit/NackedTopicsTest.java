package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NackedTopicsTest {

    private static final String TOPIC = "orders";

    private final List<Message<String, byte[]>> messages =
            List.of(message("a"), message("b"), message("a"), message(null), message(null), message("a"), message("b"));
    private Instant now = Instant.EPOCH;
    private final NackedTopics topics = new NackedTopics(() -> now);

    @Test
    void a_batch_is_one_step_while_no_queue_has_refused_a_message() {
        assertThat(topics.steps(TOPIC, messages)).containsExactly(messages);
    }

    @Test
    void after_a_nack_a_step_has_at_most_one_message_of_a_key() {
        topics.add(TOPIC);

        assertThat(topics.steps(TOPIC, messages))
                .containsExactly(
                        List.of(messages.get(0), messages.get(1), messages.get(3), messages.get(4)),
                        List.of(messages.get(2), messages.get(6)),
                        List.of(messages.get(5)));
        assertThat(topics.steps("other", messages)).containsExactly(messages);
    }

    @Test
    void a_nack_expires() {
        topics.add(TOPIC);
        now = now.plus(NackedTopics.REMEMBERED).plusMillis(1);

        assertThat(topics.steps(TOPIC, messages)).containsExactly(messages);
    }

    private static Message<String, byte[]> message(@Nullable String key) {
        return new Message<>(key, new byte[0], Map.of(), Instant.EPOCH);
    }
}
