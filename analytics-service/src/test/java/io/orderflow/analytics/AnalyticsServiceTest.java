package io.orderflow.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.HighValueOrder;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.testkit.service.RunningService;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AnalyticsServiceTest extends RunningService {

    private final String customer = "customer-" + UUID.randomUUID();

    AnalyticsServiceTest() {
        super(Topics.HIGH_VALUE_ORDERS, "orders.analytics.dlq");
    }

    @Test
    void orders_of_a_customer_are_counted_and_the_third_within_a_minute_is_suspicious() {
        place("20.00");
        String second = place("30.00");
        confirm(second, "30.00");
        place("1000.01");

        await().untilAsserted(
                        () -> assertThat(get("/analytics/customers/" + customer).json())
                                .isEqualTo(JsonMapper.shared()
                                        .readTree("{\"customerId\":\"" + customer
                                                + "\",\"orders\":3,\"confirmed\":1,\"revenue\":30.00}")));
        assertThat(get("/analytics/suspicious?customerId=" + customer)
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
        assertThat(get("/analytics/orders-per-minute")
                        .json()
                        .at("/items/0/orders")
                        .intValue())
                .isPositive();
    }

    @Test
    void an_order_of_a_high_value_is_an_event_of_its_own() {
        String order = place("1000.01");

        HighValueOrder event = probe.await(
                HighValueOrder.class,
                HighValueOrder.TYPE,
                highValue -> highValue.orderId().equals(order));
        assertThat(event.customerId()).isEqualTo(customer);
        await().untilAsserted(() -> assertThat(get("/analytics/high-value?customerId=" + customer)
                        .json()
                        .at("/items/0/orderId")
                        .asString())
                .isEqualTo(order));
    }

    @Test
    void an_event_that_is_delivered_again_is_counted_once() {
        OrderCreated created = created(UUID.randomUUID().toString(), "10.00");
        byte[] json = JsonMapper.shared().writeValueAsBytes(created);
        Map<String, String> headers = Map.of(
                Headers.SPEC_VERSION,
                "1.0",
                Headers.ID,
                UUID.randomUUID().toString(),
                Headers.TYPE,
                OrderCreated.TYPE,
                Headers.SOURCE,
                "/probe");
        for (int i = 0; i < 5; i++) {
            probe.send(Topics.ORDERS, created.orderId(), headers, json);
        }
        confirm(created.orderId(), "10.00");

        await().until(() -> get("/analytics/customers/" + customer).status() == 200
                && get("/analytics/customers/" + customer)
                                .json()
                                .get("confirmed")
                                .intValue()
                        == 1);
        assertThat(get("/analytics/customers/" + customer).json().get("orders").intValue())
                .isEqualTo(1);
    }

    @Test
    void an_order_without_a_customer_is_dead_lettered() {
        String id = probe.send(
                Topics.ORDERS,
                OrderCreated.TYPE,
                "o-1",
                new OrderCreated("o-1", " ", "standard", List.of(), BigDecimal.ONE, Instant.now()));

        probe.awaitMessage("orders.analytics.dlq", message -> id.equals(message.header(Headers.ID)));
    }

    private String place(String total) {
        String order = UUID.randomUUID().toString();
        probe.send(Topics.ORDERS, OrderCreated.TYPE, order, created(order, total));
        return order;
    }

    private OrderCreated created(String order, String total) {
        return new OrderCreated(order, customer, "standard", List.of(), new BigDecimal(total), Instant.now());
    }

    private void confirm(String order, String total) {
        probe.send(
                Topics.ORDERS,
                OrderConfirmed.TYPE,
                order,
                new OrderConfirmed(
                        order, customer, "standard", List.of(), new BigDecimal(total), "EUR", Instant.now()));
    }
}
