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
import io.orderflow.messaging.testkit.service.Reply;
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
    void anOrderThatWasCreatedIsReservedAndShippedWithIt() {
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
    void anOrderForMoreThanThereIsIsRejected() {
        String order = newOrderId();
        create(order, new OrderItem("MOUSE-SILENT", 51), new OrderItem("CABLE-USB-C", 1));

        InventoryRejected rejected = probe.await(
                InventoryRejected.class,
                InventoryRejected.TYPE,
                of -> of.orderId().equals(order));
        assertThat(rejected.skus()).containsExactly("MOUSE-SILENT");
    }

    @Test
    void aCancelledOrderGivesItsStockBack() {
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
    void theSameEventManyTimesIsReservedOnce() {
        String order = newOrderId();
        String id = UUID.randomUUID().toString();
        for (int i = 0; i < 10; i++) {
            probe.send(Topics.ORDERS, id, OrderCreated.TYPE, order, created(order, new OrderItem("LAST-ONE", 1)));
        }
        awaitEverythingSentSoFar();

        assertThat(probe.received(InventoryReserved.class, InventoryReserved.TYPE))
                .filteredOn(reserved -> reserved.orderId().equals(order))
                .hasSize(1);
        assertThat(get("/stock/LAST-ONE").json().get("reserved").intValue()).isEqualTo(1);
    }

    @Test
    void plainJsonWithARoutingKeyIsUnderstood() {
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
    void anOrderThatNobodyCanMeanIsDeadLetteredAndHoldsUpNobody() {
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

    @Test
    void stockIsListedInPages() {
        Reply page = get("/stock?page=1&size=5");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.json().get("total").intValue()).isEqualTo(12);
        assertThat(page.json().get("items")).hasSize(5);
        assertThat(get("/stock?size=0").json().at("/errors/0/field").stringValue())
                .isEqualTo("size");
    }

    @Test
    void whatIsNotThereIsAProblem() {
        for (String path : List.of("/stock/UNICORN", "/reservations/unknown")) {
            Reply response = get(path);
            assertThat(response.status()).as(path).isEqualTo(404);
            assertThat(response.type()).as(path).isEqualTo("application/problem+json");
        }
        assertThat(get("/reservations/" + "x".repeat(65)).status()).isEqualTo(400);
    }

    private void awaitEverythingSentSoFar() {
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
