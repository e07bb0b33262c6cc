package io.orderflow.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    private final MessageIds stable = new MessageIds(new BrokerTraits("kafka", true, true, true, 1_000));
    private final MessageIds unstable = new MessageIds(new BrokerTraits("rabbitmq", true, false, false, 1_000));

    @Test
    void the_stated_id_is_the_name_wherever_the_message_is() {
        Map<String, String> headers = Map.of(Headers.ID, "m1");
        assertThat(stable.of(delivery("orders@1", "k", "v", headers))).isEqualTo("m1");
        assertThat(stable.of(delivery("orders@2", "k", "v", headers))).isEqualTo("m1");
    }

    @Test
    void an_id_that_cannot_be_stored_is_hashed_and_stays_the_same_on_its_way() {
        for (String id : new String[] {"x".repeat(1_000), "a\0b"}) {
            String name = stable.of(delivery("orders@1", "k", "v", Map.of(Headers.ID, id)));
            assertThat(name).startsWith("sha-256:").hasSizeLessThanOrEqualTo(MessageIds.MAX_LENGTH);
            assertThat(stable.of(delivery("orders.stock.retry@7", "k", "v", Map.of(Headers.ID, id))))
                    .isEqualTo(name);
        }
    }

    @Test
    void without_an_id_the_position_names_it_where_positions_are_stable() {
        assertThat(stable.of(delivery("orders@1", "k", "v", Map.of()))).isEqualTo("kafka:orders@1");
        assertThat(stable.of(delivery("orders@1", "k", "v", Map.of(Headers.ID, " "))))
                .isEqualTo("kafka:orders@1");
    }

    @Test
    void elsewhere_its_content_does_and_no_two_contents_run_together() {
        String name = unstable.of(delivery("q#1", "ab", "c", Map.of()));
        assertThat(unstable.of(delivery("q#2", "ab", "c", Map.of()))).isEqualTo(name);
        assertThat(unstable.of(delivery("q#1", "a", "bc", Map.of()))).isNotEqualTo(name);
        assertThat(unstable.of(delivery("q#1", null, "abc", Map.of()))).isNotEqualTo(name);
        assertThat(unstable.of(delivery("q#1", "ab", "c", Map.of(Headers.ROUTING_KEY, "r"))))
                .isNotEqualTo(name);
    }

    private static Delivery<String, byte[]> delivery(
            String position, @Nullable String key, String value, Map<String, String> headers) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Delivery<>("orders", new Message<>(key, bytes, headers, Instant.EPOCH), position);
    }
}
