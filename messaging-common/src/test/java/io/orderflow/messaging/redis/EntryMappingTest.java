package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.StreamMessage;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryMappingTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");

    @Test
    void a_message_comes_back_as_it_was_sent() {
        assertComesBack(
                new Message<>("order-1", "{}".getBytes(UTF_8), Map.of(Headers.ID, "1", "note", "Grüße 😀"), NOON));
    }

    @Test
    void null_is_not_empty() {
        assertComesBack(new Message<>(null, null, Map.of(), NOON));
        assertComesBack(new Message<>("", new byte[0], Map.of("note", ""), NOON));
    }

    @Test
    void a_time_before_1970_comes_back() {
        assertComesBack(new Message<>("k", null, Map.of(), Instant.ofEpochMilli(-1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"key", "value", "messaging-timestamp", "messaging-header:key", "payload", "data", "routing-key"})
    void a_header_may_be_named_as_anything_else(String name) {
        assertComesBack(new Message<>("k", null, Map.of(name, "a header"), NOON));
        assertComesBack(new Message<>(null, new byte[] {0, -1}, Map.of(name, "a header"), NOON));
    }

    @Test
    void headers_are_fields_of_their_names() {
        Map<String, byte[]> fields = EntryMapping.fields(
                new Message<>("order-1", new byte[] {7}, Map.of(Headers.TYPE, "order.created.v1"), NOON));
        assertThat(fields)
                .containsEntry("ce_type", "order.created.v1".getBytes(UTF_8))
                .containsEntry("key", "order-1".getBytes(UTF_8))
                .containsEntry("value", new byte[] {7});
    }

    @Test
    void the_position_is_where_the_server_keeps_it() {
        assertThat(delivery(Map.of("value", "x")).position()).isEqualTo("orders@1700000000000-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "payload", "data", "body", "message", "whatever"})
    void the_payload_of_a_foreign_entry_is_found(String field) {
        Message<String, byte[]> message = delivery(
                        Map.of(field, "{}", "key", "order-1", "ce_id", "1", "content-type", "a/b"))
                .message();
        assertThat(message.value()).asString(UTF_8).isEqualTo("{}");
        assertThat(message.key()).isEqualTo("order-1");
        assertThat(message.headers()).isEqualTo(Map.of("ce_id", "1", "content-type", "a/b"));
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"routing-key", "routing_key", "routingkey", "messaging-routing-key"})
    void the_routing_key_of_a_foreign_entry_is_found(String field) {
        Message<String, byte[]> message = delivery(Map.of(field, "order.created.standard", "anything", "{}"))
                .message();
        assertThat(message.headers()).isEqualTo(Map.of(Headers.ROUTING_KEY, "order.created.standard"));
        assertThat(message.value()).asString(UTF_8).isEqualTo("{}");
    }

    @Test
    void the_time_of_a_foreign_event_is_the_one_that_it_states() {
        Message<String, byte[]> message = delivery(Map.of("payload", "{}", "ce_time", "2026-11-20T13:00:00.123+01:00"))
                .message();
        assertThat(message.timestamp()).isEqualTo(NOON);
    }

    @Test
    void what_could_be_either_is_no_payload() {
        Message<String, byte[]> message = delivery(Map.of("a", "1", "b", "2")).message();
        assertThat(message.value()).isNull();
        assertThat(message.headers()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void a_field_that_cannot_be_a_header_is_left_out() {
        assertThat(delivery(Map.of("payload", "{}", "größe", "1", "", "2"))
                        .message()
                        .headers())
                .isEmpty();
    }

    @Test
    void a_forged_time_makes_an_entry_foreign() {
        Message<String, byte[]> message = delivery(Map.of("messaging-timestamp", "yesterday", "payload", "{}"))
                .message();
        assertThat(message.timestamp()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(message.value()).asString(UTF_8).isEqualTo("{}");
    }

    private static void assertComesBack(Message<String, byte[]> sent) {
        Message<String, byte[]> back = EntryMapping.delivery(
                        new StreamMessage<>("orders", "1-0", EntryMapping.fields(sent)))
                .message();
        assertThat(back.value()).isEqualTo(sent.value());
        assertThat(back.withValue(null)).isEqualTo(sent.withValue(null));
    }

    private static Delivery<String, byte[]> delivery(Map<String, String> fields) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        fields.forEach((name, value) -> bytes.put(name, value.getBytes(UTF_8)));
        return EntryMapping.delivery(new StreamMessage<>("orders", "1700000000000-3", bytes));
    }
}
