package io.orderflow.analytics.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Rules RULES = new Rules(new BigDecimal("1000"), 3, Duration.ofMinutes(1), Duration.ofHours(2));

    @Test
    void only_an_order_over_the_limit_is_of_a_high_value() {
        assertThat(RULES.highValue(created("1000.00"))).isEmpty();
        assertThat(RULES.highValue(created("1000.01")))
                .hasValueSatisfying(order -> assertThat(order.total()).isEqualTo("1000.01"));
        assertThat(RULES.highValue(OrderStep.confirmed(confirmed("EUR"), NOON))).isEmpty();
    }

    @Test
    void an_order_is_too_late_when_its_minute_ended_longer_ago_than_permitted() {
        assertThat(RULES.isTooLate(NOON, NOON)).isFalse();
        assertThat(RULES.isTooLate(NOON, NOON.plus(Duration.ofMinutes(120)))).isFalse();
        assertThat(RULES.isTooLate(NOON, NOON.plus(Duration.ofMinutes(121)))).isTrue();
    }

    @Test
    void a_time_of_the_future_is_now() {
        assertThat(OrderStep.timeOf(NOON.plusSeconds(1), NOON)).isEqualTo(NOON);
        assertThat(OrderStep.timeOf(NOON.minusNanos(1), NOON)).isEqualTo(NOON.minusNanos(1_000));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a b", "\u0000"})
    void an_order_of_no_valid_customer_is_invalid(String customer) {
        OrderCreated order = new OrderCreated("o-1", customer, "standard", List.of(), BigDecimal.ONE, NOON);

        assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(() -> OrderStep.placed(order, NOON));
    }

    @Test
    void revenue_in_another_currency_is_invalid() {
        assertThatExceptionOfType(InvalidOrderException.class)
                .isThrownBy(() -> OrderStep.confirmed(confirmed("USD"), NOON));
        assertThat(OrderStep.confirmed(confirmed(null), NOON).total()).isEqualTo("5000");
    }

    private static OrderStep created(String total) {
        return OrderStep.placed(
                new OrderCreated("o-1", "ada", "standard", List.of(), new BigDecimal(total), NOON), NOON);
    }

    private static OrderConfirmed confirmed(String currency) {
        return new OrderConfirmed("o-1", "ada", "standard", List.of(), new BigDecimal("5000"), currency, NOON);
    }
}
