package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusingTopicsTest {

    private static final String TOPIC = "orders";

    private final List<Message<String, byte[]>> messages =
            List.of(message("a"), message("b"), message("a"), message(null), message(null), message("a"), message("b"));
    private Instant now = Instant.EPOCH;
    private final RefusingTopics refusing = new RefusingTopics(() -> now);

    @Test
    void all_is_sent_at_once_while_nothing_is_refused() {
        assertThat(refusing.steps(TOPIC, messages)).containsExactly(messages);
    }

    @Test
    void after_a_refusal_each_message_waits_for_the_one_before_it_of_its_key() {
        refusing.refused(TOPIC);

        assertThat(refusing.steps(TOPIC, messages))
                .containsExactly(
                        List.of(messages.get(0), messages.get(1), messages.get(3), messages.get(4)),
                        List.of(messages.get(2), messages.get(6)),
                        List.of(messages.get(5)));
        assertThat(refusing.steps("other", messages)).containsExactly(messages);
    }

    @Test
    void a_refusal_is_forgotten_after_a_while() {
        refusing.refused(TOPIC);
        now = now.plus(RefusingTopics.REMEMBERED).plusMillis(1);

        assertThat(refusing.steps(TOPIC, messages)).containsExactly(messages);
    }

    private static Message<String, byte[]> message(@Nullable String key) {
        return new Message<>(key, new byte[0], Map.of(), Instant.EPOCH);
    }
}
