package io.orderflow.order.handling;

import static io.orderflow.order.Api.item;
import static io.orderflow.order.Api.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.InventoryReserved;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.Topics;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.order.RunningOrderService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Sends and receives events in place of the other services. */
abstract class OrderEventsFixture extends RunningOrderService {

    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    protected MessageBroker broker;

    protected final String eventId = UUID.randomUUID().toString();

    protected String place(String priority) {
        String body = order("ada", item("BOOK-EIP", 1)).replaceFirst("\\{", "{\"priority\": \"" + priority + "\",");
        return api.post("/orders", body).json().get("id").stringValue();
    }

    protected String confirmed() {
        String id = place("standard");
        reserved(id, UUID.randomUUID().toString());
        awaitStatus(id, "CONFIRMED");
        return id;
    }

    protected void reserved(String orderId, String id) {
        send(
                Topics.INVENTORY,
                orderId,
                InventoryReserved.TYPE,
                id,
                "\"items\": [], \"reservedAt\": \"2026-11-21T08:00:00Z\"");
    }

    protected String dispatched(String orderId) {
        String id = UUID.randomUUID().toString();
        send(
                Topics.SHIPPING,
                orderId,
                ShipmentDispatched.TYPE,
                id,
                "\"shipmentId\": \"s-1\", \"carrier\": \"ACME\", \"trackingNumber\": \"T-1\"");
        return id;
    }

    protected void send(String topic, String orderId, String type, String id, String fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.ID, id);
        headers.put(Headers.TYPE, type);
        byte[] payload = "{\"orderId\": \"%s\", %s}".formatted(orderId, fields).getBytes(StandardCharsets.UTF_8);
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            producer.send(Topic.named(topic), new Message<>(orderId, payload, headers, Instant.now()));
        }
    }

    protected void awaitStatus(String orderId, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.get("/orders/" + orderId)
                                .json()
                                .get("status")
                                .stringValue())
                        .isEqualTo(status));
    }

    protected JsonNode timeline(String orderId) {
        return api.get("/orders/" + orderId + "/timeline").json().get("items");
    }

    protected List<Message<String, byte[]>> publishedEvents(String orderId, int number) {
        return read(Topics.ORDERS, "email", orderId, number);
    }

    /** Polls as a member of a group until there are this many messages with this key. */
    protected List<Message<String, byte[]>> read(String topic, String group, String key, int number) {
        List<Message<String, byte[]>> found = new ArrayList<>();
        try (MessageConsumer<String, byte[]> consumer = broker.consumer(group, ConsumerOptions.defaults())) {
            consumer.subscribe(List.of(Topic.named(topic)));
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

    protected static List<String> types(List<Message<String, byte[]>> messages) {
        return messages.stream().map(message -> message.header(Headers.TYPE)).toList();
    }
}
