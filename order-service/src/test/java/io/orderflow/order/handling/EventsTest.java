package io.orderflow.order.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventsTest extends NeighboursOfOrders {

    @Test
    void anOrderGoesFromPlacedToShippedAndTellsEachStepInOrder() {
        String id = place("express");
        reserved(id, eventId);
        awaitStatus(id, "CONFIRMED");
        String dispatch = dispatched(id);
        awaitStatus(id, "SHIPPED");

        JsonNode entries = timeline(id);
        assertThat(entries.findValuesAsString("status")).containsExactly("PENDING", "CONFIRMED", "SHIPPED");
        assertThat(entries.findValuesAsString("eventType"))
                .containsExactly(InventoryReserved.TYPE, ShipmentDispatched.TYPE);
        assertThat(entries.findValuesAsString("eventId")).containsExactly(eventId, dispatch);
        assertThat(api.get("/orders/" + id)
                        .json()
                        .at("/shipment/trackingNumber")
                        .stringValue())
                .isEqualTo("T-1");

        List<Message<String, byte[]>> told = told(id, 3);
        assertThat(told)
                .extracting(message -> message.header(Headers.TYPE))
                .containsExactly(OrderCreated.TYPE, OrderConfirmed.TYPE, OrderShipped.TYPE);
        assertThat(told)
                .extracting(message -> message.header(Headers.SEQUENCE))
                .containsExactly("0000000001", "0000000002", "0000000003");
        assertThat(told.get(0).header(Headers.ROUTING_KEY)).isEqualTo("order.created.express");
        assertThat(told.get(0).header(Headers.SOURCE)).isEqualTo("/order-service");
    }

    @Test
    void anOrderThatCannotBeReservedIsRejectedWithTheReason() {
        String id = place("standard");
        send(
                Topics.INVENTORY,
                id,
                InventoryRejected.TYPE,
                eventId,
                "\"reason\": \"out of stock\", \"skus\": [\"BOOK-EIP\"]");
        awaitStatus(id, "REJECTED");
        assertThat(api.get("/orders/" + id).json().get("reason").stringValue()).isEqualTo("out of stock: 1 x BOOK-EIP");
        assertThat(api.cancel(id).status()).isEqualTo(409);
        assertThat(types(told(id, 2))).containsExactly(OrderCreated.TYPE, OrderRejected.TYPE);
    }

    @Test
    void theSameEventAHundredTimesHasOneEffect() {
        String id = place("standard");
        for (int i = 0; i < 100; i++) {
            reserved(id, eventId);
        }
        reserved(id, UUID.randomUUID().toString()); // comes after them, and is noted though it changes nothing
        await().atMost(PATIENCE).until(() -> timeline(id).size() >= 3);
        dispatched(id);
        awaitStatus(id, "SHIPPED");
        assertThat(timeline(id).findValuesAsString("status"))
                .containsExactly("PENDING", "CONFIRMED", "CONFIRMED", "SHIPPED");
        assertThat(types(told(id, 3))).containsExactly(OrderCreated.TYPE, OrderConfirmed.TYPE, OrderShipped.TYPE);
    }

    @Test
    void aConfirmedOrderIsCancelledOnceShippingHasWithdrawnItAndARepeatedCancellationRequestsItAgain() {
        String id = confirmed();
        assertThat(api.cancel(id).json().get("status").stringValue()).isEqualTo("CANCELLING");
        assertThat(api.cancel(id).status()).as("the answer may be lost").isEqualTo(202);
        send(Topics.SHIPPING, id, ShipmentWithdrawn.TYPE, eventId, "\"withdrawnAt\": \"2026-11-21T08:00:00Z\"");
        awaitStatus(id, "CANCELLED");
        assertThat(types(told(id, 5)))
                .containsExactly(
                        OrderCreated.TYPE,
                        OrderConfirmed.TYPE,
                        OrderCancellationRequested.TYPE,
                        OrderCancellationRequested.TYPE,
                        OrderCancelled.TYPE);
    }

    @Test
    void aCancellationThatComesTooLateIsOvertakenByTheCarrier() {
        String id = confirmed();
        api.cancel(id);
        dispatched(id);
        awaitStatus(id, "SHIPPED");
        assertThat(api.cancel(id).status()).isEqualTo(409);
    }

    @Test
    void whatIsReservedForACancelledOrderChangesNothing() {
        String id = place("standard");
        api.cancel(id);
        reserved(id, eventId);
        await().atMost(PATIENCE).until(() -> timeline(id).size() == 3);
        assertThat(timeline(id).findValuesAsString("status")).containsExactly("PENDING", "CANCELLED", "CANCELLED");
        assertThat(types(told(id, 2))).containsExactly(OrderCreated.TYPE, OrderCancelled.TYPE);
    }

    @Test
    void anEventAboutAnUnknownOrderIsSetAsideAndTheNextIsHandled() {
        String unknown = UUID.randomUUID().toString();
        reserved(unknown, eventId);
        confirmed();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(jdbc.sql("select cause from messaging_dead_letter where message_id = ?")
                                .param(eventId)
                                .query(String.class)
                                .list())
                        .singleElement()
                        .asString()
                        .contains("There is no order " + unknown));
    }

    @Test
    void aMessageOfAStrangerIsUnderstoodByItsRoutingKey() {
        String id = place("standard");
        try (MessageProducer<String, byte[]> stranger = broker.producer()) {
            stranger.send(
                    Topic.named(Topics.INVENTORY),
                    new Message<>(
                            id,
                            "{\"orderId\": \"%s\", \"items\": [], \"more\": 1}"
                                    .formatted(id)
                                    .getBytes(StandardCharsets.UTF_8),
                            Map.of(Headers.ROUTING_KEY, "inventory.reserved"),
                            Instant.now()));
        }
        awaitStatus(id, "CONFIRMED");
    }
}
