package io.orderflow.messaging.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.handling.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilteringTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Delivery<String, byte[]>> passed = new ArrayList<>();
    private int polls;

    @Test
    void messages_that_the_filter_does_not_accept_are_dropped_and_counted() throws Exception {
        Delivery<String, byte[]> express = delivery("orders", "express");

        handle(List.of(delivery("orders", "standard"), express, delivery("orders", "standard")));

        assertThat(passed).containsExactly(express);
        assertThat(filtered()).isEqualTo(2);
    }

    @Test
    void retries_are_not_filtered_again() throws Exception {
        handle(List.of(delivery("orders.stock.retry", "standard")));

        assertThat(passed).hasSize(1);
        assertThat(filtered()).isZero();
    }

    @Test
    void a_poll_of_which_nothing_is_accepted_is_not_handled() throws Exception {
        handle(List.of(delivery("orders", "standard")));

        assertThat(polls).isZero();
    }

    private void handle(List<Delivery<String, byte[]>> deliveries) throws Exception {
        MessageFilter express = MessageFilter.NONE.where(MessageFilter.Match.ALL, Map.of("priority", "express"));
        Subscription subscription = new Subscription(
                "orders", "stock", 1, ConsumerOptions.defaults().withFilter(express));
        Filtering.of(subscription, registry)
                .around(poll -> {
                    polls++;
                    passed.addAll(poll);
                })
                .handle(deliveries);
    }

    private static Delivery<String, byte[]> delivery(String topic, String priority) {
        return new Delivery<>(
                topic, new Message<>("k", new byte[0], Map.of("priority", priority), Instant.EPOCH), topic + "@1");
    }

    private double filtered() {
        return registry.get("messaging.filtered")
                .tags("topic", "orders", "group", "stock")
                .counter()
                .count();
    }
}
