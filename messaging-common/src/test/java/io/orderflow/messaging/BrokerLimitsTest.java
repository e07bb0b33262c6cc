package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerLimitsTest {

    private static final Topic ORDERS = Topic.named("orders");

    private final BrokerLimits limits = BrokerLimits.ofMessageBytes(20).withHeaderBytes(8, 4);

    @Test
    void key_payload_and_headers_count_together_in_bytes_of_utf8() {
        assertAccepted(message("k\u00e9y", 9, Map.of("name", "val")));

        assertRejected(message("k\u00e9y", 10, Map.of("name", "val")), "has 21 bytes", "at most 20");
    }

    @Test
    void a_null_key_and_a_null_payload_count_nothing() {
        assertAccepted(new Message<>(null, null, Map.of(), Instant.EPOCH));
    }

    @Test
    void headers_have_a_limit_of_their_own() {
        assertAccepted(message("k", 0, Map.of("name", "1234")));

        assertRejected(message("k", 0, Map.of("name", "123\u00e9")), "headers of 9 bytes", "at most 8");
    }

    @Test
    void a_header_name_has_a_limit_of_its_own() {
        assertRejected(message("k", 0, Map.of("names", "")), "header 'names...'", "5 bytes", "at most 4");
    }

    @Test
    void a_rejected_message_is_named_with_its_topic() {
        assertRejected(message("k", 0, Map.of(Headers.ID, "id-1")), "id-1", "'orders'");
    }

    @Test
    void a_derived_name_has_a_limited_length() {
        BrokerLimits names = limits.withNames(12, "[a-z.]");
        assertThatCode(() -> names.requireName("orders.stock", ORDERS, "stock")).doesNotThrowAnyException();

        assertThatThrownBy(() -> names.requireName("orders.stocks", ORDERS, "stocks"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContainingAll("'orders'", "'stocks'", "'orders.stocks' has 13 bytes", "at most 12");
    }

    @Test
    void a_derived_name_has_certain_characters() {
        assertThatThrownBy(() -> limits.withNames(80, "[a-z]").requireName("orders.stock", ORDERS, "stock"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("other characters than [a-z]");
    }

    private void assertAccepted(Message<String, byte[]> message) {
        assertThatCode(() -> limits.requireWithin(ORDERS, message)).doesNotThrowAnyException();
    }

    private void assertRejected(Message<String, byte[]> message, String... parts) {
        assertThatThrownBy(() -> limits.requireWithin(ORDERS, message))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContainingAll(parts);
    }

    private static Message<String, byte[]> message(String key, int payload, Map<String, String> headers) {
        return new Message<>(key, new byte[payload], headers, Instant.EPOCH);
    }
}
