package io.orderflow.order.handling;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderContactProvided;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.order.RunningOrderService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.JsonNode;

/** The other services are played by this test. */
class EventsTest extends RunningOrderService {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private MessageBroker broker;

    private final String eventId = UUID.randomUUID().toString();

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

    /** Only email-service reads the contacts. */
    @Test
    void theAddressTravelsAloneAndIsNotKept() {
        String id = place("standard");

        Message<String, byte[]> contact = read(Topics.CONTACTS, "email", id, 1).get(0);
        assertThat(contact.header(Headers.TYPE)).isEqualTo(OrderContactProvided.TYPE);
        assertThat(text(contact)).contains("ada@example.org");
        reserved(id, eventId);
        awaitStatus(id, "CONFIRMED");
        assertThat(told(id, 2)).allSatisfy(message -> assertThat(text(message)).doesNotContain("example.org", "email"));
        assertThat(rows("orders o where o::text like '%example.org%'")).isZero();
        assertThat(rows("answered_request a where a::text like '%example.org%'"))
                .isZero();
    }

    private static String text(Message<String, byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
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

    /** As if another instance, whose clock is two minutes ahead, had placed it. */
    @Test
    void anOrderFromTheFutureIsConfirmedAllTheSame() {
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

    @Test
    void whatTheDatabaseRefusesIsReportedWithoutTheRow() {
        String id = place("standard");
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("update orders set changed_at = placed_at - interval '1 s' where id = ?")
                        .param(UUID.fromString(id))
                        .update())
                .withMessageContaining("check constraint")
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("example.org", "ada", id));
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
                    Topics.INVENTORY,
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

    private String place(String priority) {
        String body = order("ada", item("BOOK-EIP", 1)).replaceFirst("\\{", "{\"priority\": \"" + priority + "\",");
        return api.post("/orders", body).json().get("id").stringValue();
    }

    private String confirmed() {
        String id = place("standard");
        reserved(id, UUID.randomUUID().toString());
        awaitStatus(id, "CONFIRMED");
        return id;
    }

    private void reserved(String orderId, String id) {
        send(
                Topics.INVENTORY,
                orderId,
                InventoryReserved.TYPE,
                id,
                "\"items\": [], \"reservedAt\": \"2026-11-21T08:00:00Z\"");
    }

    private String dispatched(String orderId) {
        String id = UUID.randomUUID().toString();
        send(
                Topics.SHIPPING,
                orderId,
                ShipmentDispatched.TYPE,
                id,
                "\"shipmentId\": \"s-1\", \"carrier\": \"ACME\", \"trackingNumber\": \"T-1\"");
        return id;
    }

    private void send(String topic, String orderId, String type, String id, String fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.ID, id);
        headers.put(Headers.TYPE, type);
        byte[] payload = "{\"orderId\": \"%s\", %s}".formatted(orderId, fields).getBytes(StandardCharsets.UTF_8);
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            producer.send(topic, new Message<>(orderId, payload, headers, Instant.now()));
        }
    }

    private void awaitStatus(String orderId, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get("/orders/" + orderId)
                                .json()
                                .get("status")
                                .stringValue())
                        .isEqualTo(status));
    }

    private JsonNode timeline(String orderId) {
        return api.get("/orders/" + orderId + "/timeline").json().get("items");
    }

    private List<Message<String, byte[]>> told(String orderId, int number) {
        return read(Topics.ORDERS, "email", orderId, number);
    }

    /** Reads as another service would, until there are so many messages with this key. */
    private List<Message<String, byte[]>> read(String topic, String group, String key, int number) {
        List<Message<String, byte[]>> found = new ArrayList<>();
        try (MessageConsumer<String, byte[]> consumer = broker.consumer(group, ConsumerOptions.defaults())) {
            consumer.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).stream()
                        .map(Delivery::message)
                        .filter(message -> key.equals(message.key()))
                        .forEach(found::add);
                consumer.commit();
                return found.size() >= number;
            });
        }
        return found;
    }

    private static List<String> types(List<Message<String, byte[]>> messages) {
        return messages.stream().map(message -> message.header(Headers.TYPE)).toList();
    }
}
