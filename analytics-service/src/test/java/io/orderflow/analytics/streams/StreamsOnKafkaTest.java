package io.orderflow.analytics.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.analytics.usecases.ViewResults;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.testkit.service.RunningService;
import io.orderflow.servers.KafkaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.core.CleanupConfig;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on Kafka, where the topology counts. */
class StreamsOnKafkaTest extends RunningService {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    static Path state;

    @Autowired
    StreamsBuilderFactoryBean streams;

    @Autowired
    ViewResults view;

    private final String customer = "customer-" + UUID.randomUUID();
    private final Instant now = Instant.now().minusSeconds(300);

    StreamsOnKafkaTest() {
        super("orders.analytics.dlq");
    }

    @DynamicPropertySource
    static void kafka(DynamicPropertyRegistry properties) {
        properties.add("messaging.broker", () -> "kafka");
        properties.add("spring.kafka.bootstrap-servers", KafkaServer.find()::bootstrapServers);
        properties.add("spring.kafka.streams.state-dir", state::toString);
    }

    @Test
    void results_are_recorded() {
        send(placed("a", 0, "20.00"));
        send(placed("b", 1, "30.00"));
        send(placed("c", 2, "1000.01"));
        send(OrderEventRecord.confirmed(id("b-confirmed"), id("b"), customer, "30.00", now));

        awaitTotals(3, 1, "30.00");
        await().atMost(TIMEOUT)
                .until(() -> view.suspicious(customer, null, 10).size() == 1
                        && view.highValue(customer, null, 10).size() == 1);
        await().atMost(TIMEOUT)
                .until(() -> get("/analytics/orders-per-minute")
                                .json()
                                .at("/items/0/orders")
                                .intValue()
                        >= 3);
    }

    @Test
    void state_is_restored_where_the_local_state_is_lost() {
        OrderEventRecord first = placed("a", 0, "20.00");
        send(first);
        send(placed("b", 1, "20.00"));
        awaitTotals(2, 0, "0");

        streams.setCleanupConfig(new CleanupConfig(true, false));
        streams.stop();
        send(first);
        send(placed("c", 2, "20.00"));
        streams.start();

        awaitTotals(3, 0, "0");
        await().atMost(TIMEOUT).until(() -> view.suspicious(customer, null, 10).size() == 1);
    }

    @Test
    void an_event_that_cannot_be_counted_is_dead_lettered() {
        OrderEventRecord invalid = OrderEventRecord.placed(id("x"), id("x"), "no customer", "1.00", now);
        send(invalid);

        probe.awaitMessage("orders.analytics.dlq", message -> id("x").equals(message.header(Headers.ID)));
    }

    private void awaitTotals(int orders, int confirmed, String revenue) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(view.customer(customer)).hasValueSatisfying(totals -> {
                    assertThat(totals.orders()).isEqualTo(orders);
                    assertThat(totals.confirmed()).isEqualTo(confirmed);
                    assertThat(totals.revenue()).isEqualByComparingTo(revenue);
                }));
    }

    private OrderEventRecord placed(String order, int second, String total) {
        return OrderEventRecord.placed(id(order + "-placed"), id(order), customer, total, now.plusSeconds(second));
    }

    private String id(String name) {
        return customer + "-" + name;
    }

    private void send(OrderEventRecord event) {
        probe.send(Topics.ORDERS, event.key(), event.headers(), event.json());
    }
}
