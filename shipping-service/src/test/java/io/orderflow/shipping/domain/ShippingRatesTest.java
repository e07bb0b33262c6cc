package io.orderflow.shipping.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippingRatesTest {

    @ParameterizedTest
    @CsvSource({"STANDARD, 1, 5.40, 3", "STANDARD, 100, 54.90, 3", "EXPRESS, 3, 15.90, 1"})
    void aRateHasABasePriceAndAPartForEachArticle(Priority priority, int articles, BigDecimal price, int days) {
        assertThat(ShippingRates.of(priority, articles)).isEqualTo(new ShippingRates.Rate(price, days));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 101, Integer.MAX_VALUE})
    void aParcelHolds1To100Articles(int articles) {
        assertThatThrownBy(() -> ShippingRates.of(Priority.STANDARD, articles))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 100 articles");
    }

    @Test
    void expressIsDearerAndFaster() {
        ShippingRates.Rate express = ShippingRates.of(Priority.EXPRESS, 1);
        ShippingRates.Rate standard = ShippingRates.of(Priority.STANDARD, 1);
        assertThat(express.price()).isGreaterThan(standard.price());
        assertThat(express.days()).isLessThan(standard.days());
    }
}
