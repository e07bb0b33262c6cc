package io.orderflow.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    record Placed(String orderId, int quantity, BigDecimal total, Instant at, List<String> skus) {}

    private final Codec<Placed> codec = JsonCodec.of(Placed.class);

    @Test
    void what_is_written_is_read() {
        Placed placed = new Placed(
                "ö-1 🦊", 3, new BigDecimal("12.30"), Instant.parse("2026-11-21T10:00:00.123Z"), List.of("A"));
        assertThat(codec.decode(codec.encode(placed))).isEqualTo(placed);
        assertThat(new String(codec.encode(placed), StandardCharsets.UTF_8)).contains("\"2026-11-21T10:00:00.123Z\"");
    }

    @Test
    void a_newer_producer_may_say_more() {
        assertThat(decode("{\"orderId\":\"o\",\"quantity\":1,\"gift\":{\"wrap\":true}}")
                        .orderId())
                .isEqualTo("o");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"orderId\":\"o\"",
                "{\"orderId\":\"o\",\"quantity\":1} x",
                "{\"orderId\":\"o\",\"quantity\":1.5}",
                "{\"orderId\":\"o\",\"quantity\":null}",
                "{\"orderId\":\"o\",\"quantity\":99999999999}",
                "{\"orderId\":\"o\",\"quantity\":1e400}",
                "[]",
                "hello"
            })
    void anything_else_is_undecodable(String json) {
        assertThatThrownBy(() -> decode(json)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void what_is_said_of_it_repeats_nothing_of_the_payload() {
        assertThatThrownBy(() -> decode("{\"orderId\":ada@example.org}"))
                .hasMessageContaining("malformed at line 1, column")
                .hasNoCause()
                .hasMessageNotContaining("ada");
        assertThatThrownBy(() -> decode("{\"orderId\":\"o\",\"quantity\":\"ada@example.org\"}"))
                .hasMessageContaining("quantity")
                .hasMessageNotContaining("ada");
    }

    @Test
    void so_are_the_wrong_encoding_and_deep_nesting() {
        byte[] latin1 = "{\"orderId\":\"\u00f6\",\"quantity\":1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> codec.decode(latin1)).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> decode("[".repeat(100_000))).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> decode("{\"x\":" + "[".repeat(100_000)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("depth");
    }

    private Placed decode(String json) {
        return codec.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
