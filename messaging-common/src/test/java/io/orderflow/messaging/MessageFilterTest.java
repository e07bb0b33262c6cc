package io.orderflow.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessageFilter.Match;
import io.orderflow.messaging.events.EventSubscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageFilterTest {

    @ParameterizedTest
    @CsvSource({
        "order.created.express, order.created.express, true",
        "order.created.express, order.created.standard, false",
        "order.created.express, order.created, false",
        "order.created.*, order.created.express, true",
        "order.created.*, order.created, false",
        "order.created.*, order.created.express.eu, false",
        "order.#, order, true",
        "order.#, order.created.express, true",
        "order.#, payment.order, false",
        "#.express, express, true",
        "#.express, order.created.express, true",
        "#.express, order.express.created, false",
        "#.*.express.#, order.express.created.express, true",
        "#.*.express.#, express.order, false",
        "*, '', false",
        "#, '', true",
        "#.#, order, true",
        "order.*, order., true",
    })
    void a_pattern_matches_as_in_amqp(String pattern, String routingKey, boolean matches) {
        MessageFilter filter = MessageFilter.NONE.matching(List.of("never.this", pattern));

        assertThat(filter.accepts(message(Map.of(Headers.ROUTING_KEY, routingKey))))
                .isEqualTo(matches);
    }

    @Test
    void a_message_without_a_routing_key_has_an_empty_one() {
        assertThat(MessageFilter.NONE.matching(List.of("#")).accepts(message(Map.of())))
                .isTrue();
        assertThat(MessageFilter.NONE.matching(List.of("*")).accepts(message(Map.of())))
                .isFalse();
    }

    @Test
    void a_condition_needs_all_headers_or_any() {
        Map<String, String> condition = Map.of("region", "eu", "tier", "gold");
        MessageFilter all = MessageFilter.NONE.where(Match.ALL, condition);
        MessageFilter any = MessageFilter.NONE.where(Match.ANY, condition);

        assertThat(all.accepts(message(Map.of("region", "eu", "tier", "gold", "more", "x"))))
                .isTrue();
        assertThat(all.accepts(message(Map.of("region", "eu")))).isFalse();
        assertThat(any.accepts(message(Map.of("region", "eu")))).isTrue();
        assertThat(any.accepts(message(Map.of("region", "us")))).isFalse();
    }

    @Test
    void a_pattern_and_a_condition_are_both_needed() {
        MessageFilter both = MessageFilter.NONE.matching(List.of("order.#")).where(Match.ALL, Map.of("region", "eu"));

        assertThat(both.accepts(message(Map.of(Headers.ROUTING_KEY, "order.created", "region", "eu"))))
                .isTrue();
        assertThat(both.accepts(message(Map.of(Headers.ROUTING_KEY, "order.created"))))
                .isFalse();
        assertThat(both.accepts(message(Map.of("region", "eu")))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order..created", ".order", "order.", "order.cre*", "order.**", "order.#created"})
    void a_wrong_pattern_is_refused_with_the_subscription(String pattern) {
        EventSubscription orders = EventSubscription.of("orders", "express");

        assertThatThrownBy(() -> orders.matching(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The filter of express on orders is invalid: '" + pattern + "' is no pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {Headers.ROUTING_KEY, Headers.CONTENT_TYPE})
    void a_condition_on_what_is_no_header_on_rabbitmq_is_refused(String header) {
        EventSubscription orders = EventSubscription.of("orders", "express");

        assertThatThrownBy(() -> orders.whereAny(Map.of(header, "x")))
                .hasMessageContaining("The filter of express on orders is invalid");
    }

    private static Message<String, byte[]> message(Map<String, String> headers) {
        return new Message<>("k", new byte[0], headers, Instant.EPOCH);
    }
}
