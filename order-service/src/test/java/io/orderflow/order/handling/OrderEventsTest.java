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

class OrderEventsTest extends OrderEventsFixture {

    @Test
    void anOrderPublishesAnEventOfEachStatusInOrder() {
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

        List<Message<String, byte[]>> published = publishedEvents(id, 3);
        assertThat(published)
                .extracting(message -> message.header(Headers.TYPE))
                .containsExactly(OrderCreated.TYPE, OrderConfirmed.TYPE, OrderShipped.TYPE);
        assertThat(published)
                .extracting(message -> message.header(Headers.SEQUENCE))
                .containsExactly("0000000001", "0000000002", "0000000003");
        assertThat(published.get(0).header(Headers.ROUTING_KEY)).isEqualTo("order.created.express");
        assertThat(published.get(0).header(Headers.SOURCE)).isEqualTo("/order-service");
    }

    @Test
    void anOrderWithoutStockIsRejectedWithTheReason() {
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
        assertThat(types(publishedEvents(id, 2))).containsExactly(OrderCreated.TYPE, OrderRejected.TYPE);
    }

    @Test
    void anEventSentAHundredTimesIsHandledOnce() {
        String id = place("standard");
        for (int i = 0; i < 100; i++) {
            reserved(id, eventId);
        }
        reserved(id, UUID.randomUUID().toString()); // another event: an entry in the timeline, and no change
        await().atMost(PATIENCE).until(() -> timeline(id).size() >= 3);
        dispatched(id);
        awaitStatus(id, "SHIPPED");
        assertThat(timeline(id).findValuesAsString("status"))
                .containsExactly("PENDING", "CONFIRMED", "CONFIRMED", "SHIPPED");
        assertThat(types(publishedEvents(id, 3)))
                .containsExactly(OrderCreated.TYPE, OrderConfirmed.TYPE, OrderShipped.TYPE);
    }

    @Test
    void aRepeatedCancellationIsRequestedAgainUntilTheShipmentIsWithdrawn() {
        String id = confirmed();
        assertThat(api.cancel(id).json().get("status").stringValue()).isEqualTo("CANCELLING");
        assertThat(api.cancel(id).status()).as("the answer may be lost").isEqualTo(202);
        send(Topics.SHIPPING, id, ShipmentWithdrawn.TYPE, eventId, "\"withdrawnAt\": \"2026-11-21T08:00:00Z\"");
        awaitStatus(id, "CANCELLED");
        assertThat(types(publishedEvents(id, 5)))
                .containsExactly(
                        OrderCreated.TYPE,
                        OrderConfirmed.TYPE,
                        OrderCancellationRequested.TYPE,
                        OrderCancellationRequested.TYPE,
                        OrderCancelled.TYPE);
    }

    @Test
    void aDispatchedOrderIsShippedInSpiteOfItsCancellation() {
        String id = confirmed();
        api.cancel(id);
        dispatched(id);
        awaitStatus(id, "SHIPPED");
        assertThat(api.cancel(id).status()).isEqualTo(409);
    }

    @Test
    void aReservationDoesNotChangeACancelledOrder() {
        String id = place("standard");
        api.cancel(id);
        reserved(id, eventId);
        await().atMost(PATIENCE).until(() -> timeline(id).size() == 3);
        assertThat(timeline(id).findValuesAsString("status")).containsExactly("PENDING", "CANCELLED", "CANCELLED");
        assertThat(types(publishedEvents(id, 2))).containsExactly(OrderCreated.TYPE, OrderCancelled.TYPE);
    }

    @Test
    void anEventOfAnUnknownOrderIsDeadLetteredAndTheNextOneIsHandled() {
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
    void aMessageWithoutATypeIsHandledByItsRoutingKey() {
        String id = place("standard");
        try (MessageProducer<String, byte[]> foreign = broker.producer()) {
            foreign.send(
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

    /** As if another instance, whose clock is two minutes ahead, had placed it. */
    @Test
    void anOrderPlacedByAClockThatIsAheadIsConfirmed() {
        String id = place("standard");
        jdbc.sql(
                        "update orders set placed_at = placed_at + interval '2 min', changed_at = changed_at + interval '2 min'"
                                + " where id = ?")
                .param(UUID.fromString(id))
                .update();
        reserved(id, eventId);
        awaitStatus(id, "CONFIRMED");

        JsonNode order = api.get("/orders/" + id).json();
        assertThat(order.get("changedAt")).isEqualTo(order.get("placedAt"));
        assertThat(timeline(id).at("/1/at")).isEqualTo(order.get("placedAt"));
    }
}
