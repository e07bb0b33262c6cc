package io.orderflow.messaging.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredEventTest {

    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00.123Z");

    @Test
    void an_event_is_readable_as_cloud_events_json() {
        Message<String, byte[]> message = new Message<>(
                "MUG",
                "{\"cents\":900}".getBytes(UTF_8),
                Map.of(
                        Headers.SPEC_VERSION, "1.0",
                        Headers.ID, "1",
                        Headers.TYPE, "price.changed.v1",
                        Headers.CONTENT_TYPE, "application/json",
                        Headers.ROUTING_KEY, "price.changed"),
                NOW);

        assertThat(new String(StructuredEvent.encode(message), UTF_8))
                .contains("\"specversion\":\"1.0\"", "\"type\":\"price.changed.v1\"", "\"data\":{\"cents\":900}")
                .contains("\"datacontenttype\":\"application/json\"", "\"partitionkey\":\"MUG\"");
        assertThat(StructuredEvent.decode(StructuredEvent.encode(message), Instant.EPOCH))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "[1.50, 2]", "{\"a\": 1}", "null", "\"\\u0000\""})
    void a_payload_comes_back_byte_by_byte(String payload) {
        Message<String, byte[]> message = new Message<>(null, payload.getBytes(UTF_8), Map.of(), NOW);

        assertThat(StructuredEvent.decode(StructuredEvent.encode(message), Instant.EPOCH))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "{\"sku\":\"MUG\"}", "[", "{\"data_base64\":\"%\"}"})
    void anything_else_is_the_payload_of_a_message_without_headers(String foreign) {
        Message<String, byte[]> message = StructuredEvent.decode(foreign.getBytes(UTF_8), NOW);

        assertThat(message.value()).isEqualTo(foreign.getBytes(UTF_8));
        assertThat(message.headers()).isEmpty();
        assertThat(message.timestamp()).isEqualTo(NOW);
    }

    @Test
    void an_event_of_another_producer_is_understood() {
        Message<String, byte[]> message = StructuredEvent.decode("""
                {"specversion": "1.0", "id": "7", "source": "/shop", "type": "price.changed.v1",
                 "time": "2026-11-27T10:00:00Z", "datacontenttype": "application/json", "data": {"cents": 900}}
                """.getBytes(UTF_8), NOW);

        assertThat(message.headers())
                .containsEntry(Headers.ID, "7")
                .containsEntry(Headers.SOURCE, "/shop")
                .containsEntry(Headers.CONTENT_TYPE, "application/json");
        assertThat(message.value()).isEqualTo("{\"cents\":900}".getBytes(UTF_8));
        assertThat(message.timestamp()).isEqualTo(Instant.parse("2026-11-27T10:00:00Z"));
    }
}
