package io.orderflow.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    record Placed(
            String orderId,
            int quantity,
            @Nullable BigDecimal total,
            @Nullable Instant at,
            @Nullable List<String> skus) {}

    record Basket(Placed placed, List<Line> lines, Map<String, @Nullable String> notes, Optional<String> coupon) {}

    record Line(String sku, List<@Nullable String> remarks) {}

    private final JsonCodec<Placed> codec = JsonCodec.of(Placed.class);

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
                "{\"hello\":\"world\"}",
                "{\"quantity\":1}",
                "{\"orderId\":\"o\"}",
                "{\"orderId\":null,\"quantity\":1}",
                "{\"orderId\":\"o\",\"quantity\":1,\"skus\":[\"A\",null]}",
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
    void a_component_that_is_declared_nullable_or_optional_may_be_missing_or_null() {
        Placed bare = new Placed("o", 1, null, null, null);
        assertThat(decode("{\"orderId\":\"o\",\"quantity\":1}")).isEqualTo(bare);
        assertThat(decode("{\"orderId\":\"o\",\"quantity\":1,\"total\":null,\"skus\":null}"))
                .isEqualTo(bare);
    }

    @Test
    void records_within_a_record_declare_what_they_require() {
        String placed = "{\"placed\":{\"orderId\":\"o\",\"quantity\":1},";
        assertThat(decodeBasket(placed + "\"notes\":{\"a\":null},\"lines\":[{\"sku\":\"A\",\"remarks\":[null]}]}"))
                .isEqualTo(new Basket(
                        new Placed("o", 1, null, null, null),
                        List.of(new Line("A", Collections.singletonList(null))),
                        Collections.singletonMap("a", null),
                        Optional.empty()));
        for (String lines : List.of("null", "[null]", "[{\"remarks\":[]}]", "[{\"sku\":null,\"remarks\":[]}]")) {
            assertThatThrownBy(() -> decodeBasket(placed + "\"notes\":{},\"lines\":" + lines + "}"))
                    .as(lines)
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("lines");
        }
        assertThatThrownBy(() -> decodeBasket("{\"placed\":null,\"notes\":{},\"lines\":[]}"))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("\"placed\"")
                .hasMessageContaining("is missing or does not fit");
    }

    private static Basket decodeBasket(String json) {
        return JsonCodec.of(Basket.class).decode(json.getBytes(StandardCharsets.UTF_8));
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
