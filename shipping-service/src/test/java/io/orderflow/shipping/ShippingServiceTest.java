package io.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ShippingServiceTest extends RunningShippingService {

    @Test
    void a_confirmed_order_is_booked_and_dispatched() {
        String order = newOrderId();
        confirm(order, "standard");

        ShipmentDispatched dispatched = awaitDispatched(order);
        await().until(() -> shipmentOf(order).get("status").stringValue().equals("DISPATCHED"));
        JsonNode shipment = get("/shipments/" + dispatched.shipmentId()).json();
        assertThat(shipment.get("trackingNumber").stringValue()).isEqualTo(dispatched.trackingNumber());
        assertThat(shipment.get("priority").stringValue()).isEqualTo("standard");
    }

    @Test
    void an_express_order_is_booked_by_the_express_queue() {
        String order = newOrderId();
        confirm(order, "express");

        awaitDispatched(order);
        probe.awaitMessage(
                Topics.SHIPMENTS_EXPRESS,
                message -> ShipmentBookingRequested.TYPE.equals(message.header(Headers.TYPE))
                        && new String(message.value()).contains(order));
    }

    @Test
    void express_orders_alone_are_announced_when_they_are_placed() {
        String standard = newOrderId();
        place(standard, "standard");
        String express = newOrderId();
        place(express, "express");

        await().until(() -> get("/express-orders").json().toString().contains(express));
        assertThat(get("/express-orders").json().toString()).doesNotContain(standard);
    }

    @Test
    void duplicate_events_dispatch_once() {
        String order = newOrderId();
        confirm(order, "standard");
        ShipmentDispatched dispatched = awaitDispatched(order);
        for (int i = 0; i < 5; i++) {
            confirm(order, "standard");
            probe.send(
                    Topics.SHIPMENTS,
                    ShipmentBookingRequested.TYPE,
                    dispatched.shipmentId(),
                    new ShipmentBookingRequested(dispatched.shipmentId(), order, "standard", Instant.now()));
        }
        String last = newOrderId();
        confirm(last, "standard");
        awaitDispatched(last);

        assertThat(probe.received(ShipmentDispatched.class, ShipmentDispatched.TYPE))
                .filteredOn(event -> event.orderId().equals(order))
                .hasSize(1);
    }

    @Test
    void an_order_cancelled_before_its_confirmation_is_withdrawn_and_not_booked() {
        String order = newOrderId();
        requestCancellation(order);
        confirm(order, "express");

        probe.await(
                ShipmentWithdrawn.class,
                ShipmentWithdrawn.TYPE,
                event -> event.orderId().equals(order));
        String last = newOrderId();
        confirm(last, "express");
        awaitDispatched(last);
        assertThat(shipmentOf(order).get("status").stringValue()).isEqualTo("WITHDRAWN");
        assertThat(probe.received(ShipmentDispatched.class, ShipmentDispatched.TYPE))
                .noneMatch(event -> event.orderId().equals(order));
    }

    @Test
    void bookings_are_cancelled_by_the_express_queue() {
        String order = newOrderId();
        String shipment = newOrderId();
        jdbc.sql("""
                        insert into shipment (id, order_id, priority, status, updated_at)
                        values (?, ?, 'STANDARD', 'PLANNED', now())""").params(shipment, order).update();
        carrier.book(shipment); // by a task that was dead-lettered
        requestCancellation(order);

        probe.awaitMessage(
                Topics.SHIPMENTS_EXPRESS,
                message -> BookingCancellationRequested.TYPE.equals(message.header(Headers.TYPE))
                        && shipment.equals(message.key()));
        await().untilAsserted(() -> assertThat(carrier.bookings()).doesNotContain(shipment));
    }

    @Test
    void an_unknown_priority_and_an_unknown_shipment_are_dead_lettered() {
        String order = newOrderId();
        String confirmation = confirm(order, "yesterday");
        String task = probe.send(
                Topics.SHIPMENTS,
                ShipmentBookingRequested.TYPE,
                "nowhere",
                new ShipmentBookingRequested("nowhere", order, "standard", Instant.now()));

        probe.awaitMessage("orders.shipping.dlq", message -> confirmation.equals(message.header(Headers.ID)));
        probe.awaitMessage("shipments.shipping.dlq", message -> task.equals(message.header(Headers.ID)));
    }

    private void place(String order, String priority) {
        String json = """
                {"orderId": "%s", "customerId": "ada", "priority": "%s", "items": [{"sku": "MUG-KAFKA", "quantity": 1}]}""".formatted(order, priority);
        Map<String, String> headers = Map.of(
                Headers.ID,
                UUID.randomUUID().toString(),
                Headers.SOURCE,
                "/order-service",
                Headers.TYPE,
                OrderCreated.TYPE,
                Headers.ROUTING_KEY,
                "order.created." + priority);
        probe.send(Topics.ORDERS, order, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    private String confirm(String order, String priority) {
        return probe.send(
                Topics.ORDERS,
                OrderConfirmed.TYPE,
                order,
                new OrderConfirmed(
                        order,
                        "ada",
                        priority,
                        List.of(new OrderItem("MUG-KAFKA", 1)),
                        BigDecimal.TEN,
                        "EUR",
                        Instant.now()));
    }

    private void requestCancellation(String order) {
        probe.send(
                Topics.ORDERS,
                OrderCancellationRequested.TYPE,
                order,
                new OrderCancellationRequested(order, Instant.now()));
    }

    private ShipmentDispatched awaitDispatched(String order) {
        return probe.await(
                ShipmentDispatched.class,
                ShipmentDispatched.TYPE,
                event -> event.orderId().equals(order));
    }

    private JsonNode shipmentOf(String order) {
        return get("/shipments?orderId=" + order).json().at("/items/0");
    }

    private static String newOrderId() {
        return UUID.randomUUID().toString();
    }
}
