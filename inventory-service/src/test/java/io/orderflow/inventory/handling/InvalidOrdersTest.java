package io.orderflow.inventory.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.inventory.domain.OrderLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A foreign producer may send invalid orders; they are not retried. */
class InvalidOrdersTest {

    @Test
    void one_line_is_sufficient() {
        assertThat(OrderEvents.request(created("o", List.of(new OrderItem("MUG", 1))))
                        .lines())
                .containsExactly(new OrderLine("MUG", 1));
    }

    @ParameterizedTest
    @MethodSource
    void an_invalid_order_is_rejected(OrderCreated created) {
        assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(() -> OrderEvents.request(created));
    }

    static Stream<OrderCreated> an_invalid_order_is_rejected() {
        List<OrderItem> mug = List.of(new OrderItem("MUG", 1));
        return Stream.of(
                created(null, mug),
                created("", mug),
                created("o".repeat(65), mug),
                created("o\u0000", mug),
                created("o", null),
                created("o", List.of()),
                created("o", Collections.singletonList(null)),
                created("o", List.of(new OrderItem(null, 1))),
                created("o", List.of(new OrderItem(" ", 1))),
                created("o", List.of(new OrderItem("M\u0000G", 1))),
                created("o", List.of(new OrderItem("M".repeat(65), 1))),
                created("o", List.of(new OrderItem("MUG", 0))),
                created("o", List.of(new OrderItem("MUG", -1))),
                created("o", List.of(new OrderItem("MUG", 10_001))),
                created("o", Arrays.asList(new OrderItem("MUG", 1), new OrderItem("MUG", 2))),
                created(
                        "o",
                        IntStream.range(0, 101)
                                .mapToObj(i -> new OrderItem("SKU-" + i, 1))
                                .toList()));
    }

    private static OrderCreated created(@Nullable String orderId, @Nullable List<OrderItem> items) {
        return new OrderCreated(orderId, "c", "standard", items, BigDecimal.ONE, Instant.EPOCH);
    }
}
