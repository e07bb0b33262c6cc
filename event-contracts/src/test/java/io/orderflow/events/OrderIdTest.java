package io.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "order-1", "A.b_c", "f0e1d2c3-0000-4000-8000-000000000000"})
    void accepts_valid_ids(String id) {
        assertThat(OrderId.of(id)).isEqualTo(new OrderId(id)).hasToString(id);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "../7", "a\u0000", "a\n", "ä", "<script>"})
    void rejects_invalid_ids(String id) {
        assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(() -> OrderId.of(id));
    }

    @Test
    void the_message_does_not_contain_the_invalid_id() {
        String tooLong = UUID.randomUUID().toString().repeat(1_000);

        assertThatExceptionOfType(InvalidOrderException.class)
                .isThrownBy(() -> OrderId.of(tooLong))
                .withMessageContaining("36000 characters")
                .satisfies(rejection -> assertThat(rejection.getMessage()).hasSizeLessThan(200));
    }
}
