package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InventoryServiceTest extends RunningInventoryService {

    private static final String DEAD_LETTERS = "orders.inventory.dlq";

    @Test
    void a_created_order_is_reserved_and_later_shipped() {
        String order = newOrderId();
        create(order, new OrderItem("BOOK-EIP", 2));

        InventoryReserved reserved = probe.await(
                InventoryReserved.class,
                InventoryReserved.TYPE,
                of -> of.orderId().equals(order));
        assertThat(reserved.items()).containsExactly(new OrderItem("BOOK-EIP", 2));
        assertThat(reservation(order)).isEqualTo("RESERVED");

        probe.send(
                Topics.ORDERS,
                OrderShipped.TYPE,
                order,
                new OrderShipped(order, "ada", "Parcel", "T-1", Instant.now()));
        await().until(() -> reservation(order).equals("SHIPPED"));
    }

    @Test
    void an_order_that_exceeds_the_stock_is_rejected() {
        String order = newOrderId();
        create(order, new OrderItem("MOUSE-SILENT", 51), new OrderItem("CABLE-USB-C", 1));

        InventoryRejected rejected = probe.await(
                InventoryRejected.class,
                InventoryRejected.TYPE,
                of -> of.orderId().equals(order));
        assertThat(rejected.skus()).containsExactly("MOUSE-SILENT");
    }

    @Test
    void a_cancelled_order_releases_its_stock() {
        String order = newOrderId();
        create(order, new OrderItem("KEYBOARD-TKL", 50));
        probe.await(
                InventoryReserved.class,
                InventoryReserved.TYPE,
                of -> of.orderId().equals(order));
        assertThat(get("/stock/KEYBOARD-TKL").json().get("available").intValue())
                .isZero();

        cancel(order);

        await().untilAsserted(() -> assertThat(
                        get("/stock/KEYBOARD-TKL").json().get("available").intValue())
                .isEqualTo(50));
    }

    @Test
    void duplicate_events_reserve_once() {
        String order = newOrderId();
        String id = UUID.randomUUID().toString();
        for (int i = 0; i < 10; i++) {
            probe.send(Topics.ORDERS, id, OrderCreated.TYPE, order, created(order, new OrderItem("LAST-ONE", 1)));
        }
        awaitAllSentEvents();

        assertThat(probe.received(InventoryReserved.class, InventoryReserved.TYPE))
                .filteredOn(reserved -> reserved.orderId().equals(order))
                .hasSize(1);
        assertThat(get("/stock/LAST-ONE").json().get("reserved").intValue()).isEqualTo(1);
    }

    @Test
    void plain_json_with_a_routing_key_is_handled() {
        String order = newOrderId();
        probe.send(Topics.ORDERS, null, Map.of(Headers.ROUTING_KEY, "order.created.standard"), """
                {"orderId": "%s", "customerId": "linus", "email": "linus@example.org", "priority": "standard",
                "items": [{"sku": "STICKER-SET", "quantity": 1}]}""".formatted(order)
                .getBytes(StandardCharsets.UTF_8));

        probe.await(
                InventoryReserved.class,
                InventoryReserved.TYPE,
                of -> of.orderId().equals(order));
    }

    @Test
    void an_invalid_order_is_dead_lettered_and_blocks_no_other() {
        String broken = newOrderId();
        String good = newOrderId();
        String id = create(broken, new OrderItem("STICKER-SET", -1));
        create(good, new OrderItem("STICKER-SET", 1));

        probe.await(
                InventoryReserved.class,
                InventoryReserved.TYPE,
                of -> of.orderId().equals(good));
        Message<String, byte[]> dead =
                probe.awaitMessage(DEAD_LETTERS, message -> id.equals(message.header(Headers.ID)));
        assertThat(dead.header(Headers.ATTEMPTS)).isEqualTo("1");
        assertThat(dead.header(Headers.DEAD_LETTER_CAUSE)).contains("InvalidOrderException");
        assertThat(get("/reservations/" + broken).status()).isEqualTo(404);
    }

    private void awaitAllSentEvents() {
        String last = newOrderId();
        create(last, new OrderItem("STICKER-SET", 1));
        probe.await(
                InventoryReserved.class,
                InventoryReserved.TYPE,
                of -> of.orderId().equals(last));
    }

    private String create(String order, OrderItem... items) {
        return probe.send(Topics.ORDERS, OrderCreated.TYPE, order, created(order, items));
    }

    private void cancel(String order) {
        probe.send(Topics.ORDERS, OrderCancelled.TYPE, order, new OrderCancelled(order, "ada", "asked", Instant.now()));
    }

    private String reservation(String order) {
        return get("/reservations/" + order).json().get("status").stringValue();
    }

    private static OrderCreated created(String order, OrderItem... items) {
        return new OrderCreated(order, "ada", "standard", List.of(items), BigDecimal.TEN, Instant.now());
    }

    private static String newOrderId() {
        return UUID.randomUUID().toString();
    }
}
