package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.Conservation;
import io.orderflow.localstack.DeadLetters;
import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.PortPlan;
import io.orderflow.localstack.Service;
import io.orderflow.localstack.ServiceClient;
import io.orderflow.localstack.ServiceProcess;
import io.orderflow.localstack.Shop;
import io.orderflow.localstack.StackOptions;
import io.orderflow.localstack.Telemetry;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.testkit.EventProbe;
import io.orderflow.servers.RealServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The order flow as its clients and foreign producers see it, through four real processes and a real broker. */
@Tag("jars")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OrderFlow {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<String> FINAL = Set.of("SHIPPED", "REJECTED", "CANCELLED");
    private static final Map<String, String> SETTINGS = Map.of("ORDERS_SHIPPINGREMINDER_AFTER", "3s");
    private static final String SKU = "MUG-RABBIT";
    private static final String DEAD_LETTERS = "orders.inventory.dlq";

    private final Broker kind;
    private final SpanCollector spans = new SpanCollector();
    private LocalStack stack;
    private Shop shop;
    private MessageBroker broker;

    OrderFlow(Broker kind) {
        this.kind = kind;
    }

    abstract MessageBroker connect(RealServer server);

    /** Sends a text with the broker's own client, as a foreign producer does. */
    abstract void sendAsForeignProducer(RealServer server, String topic, String routingKey, String json)
            throws Exception;

    /** What no broker changes is tested on one of them, and on all by {@code ./orderflow test --all}. */
    boolean runsTestsOfServicesAlone() {
        return kind == Broker.KAFKA || TestSelection.all();
    }

    @BeforeAll
    void start() {
        Path folder = Path.of("target", "stack-" + kind).toAbsolutePath();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(Telemetry.settings(spans.address()));
        stack = LocalStack.start(new StackOptions(kind, Path.of(".."), folder, false, PortPlan.free(), settings));
        shop = Shop.of(stack);
        broker = connect(stack.broker());
    }

    @AfterAll
    void stop() {
        broker.close();
        stack.close();
        spans.close();
    }

    @Test
    void orders_of_both_priorities_are_shipped_and_mailed() {
        for (String priority : List.of("standard", "express")) {
            String id = shop.place("grace", priority, SKU, 1);

            assertFinalStatus(id, "SHIPPED");
            assertThat(shop.awaitMail(id, "on its way", TIMEOUT)).isTrue();
            assertThat(shop.awaitMail(id, "is confirmed", TIMEOUT)).isTrue();
            assertThat(shop.shipments(id)).hasSize(1);
        }
    }

    @Test
    void a_purchase_order_that_is_too_large_for_a_message_is_attached_to_the_confirmation() {
        String document = "x".repeat(195_000);

        String id = shop.place("grace", SKU, document);

        assertThat(shop.awaitMail(id, "is confirmed", TIMEOUT)).isTrue();
        assertThat(shop.largestMailAbout(id)).isGreaterThan(document.length());
    }

    @Test
    @EnabledIf("runsTestsOfServicesAlone")
    void a_newcomer_places_watches_and_cancels_orders_in_the_shop(@TempDir Path profile) {
        try (ShopPage page = new ShopPage(stack.service(Service.ORDER).address(), profile)) {
            page.order(SKU, 2);
            page.awaitStatus("SHIPPED");
            page.awaitText("shipment.dispatched.v1");

            beforeItIsShipped(() -> {
                page.order("MOUSE-SILENT", 1);
                page.awaitStatus("CONFIRMED");
                page.cancel();
                page.awaitStatus("CANCELLING");
            });
            page.awaitStatus("CANCELLED");

            page.order("LAST-ONE", 2);
            page.awaitStatus("REJECTED");
        }
    }

    @Test
    void an_order_is_one_trace_over_the_services_that_handle_it() {
        String id = shop.place("grace", "express", SKU, 1);
        assertFinalStatus(id, "SHIPPED");

        String trace = await().atMost(TIMEOUT)
                .until(() -> spans.withTag("messaging.message.conversation_id", id), each -> !each.isEmpty())
                .get(0)
                .traceId();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(spans.ofTrace(trace))
                        .extracting(each -> each.name() + ", " + each.service())
                        .contains(
                                "http post /orders, order-service",
                                "create orders, order-service",
                                "process orders, inventory-service",
                                "process orders, shipping-service",
                                "process orders, email-service",
                                "create inventory, inventory-service",
                                "process inventory, order-service",
                                "create shipping, shipping-service",
                                "process shipping, order-service",
                                "process shipping, email-service"));
        assertThat(spans.withTag("messaging.message.conversation_id", id))
                .extracting(SpanCollector.Span::traceId)
                .containsOnly(trace);
    }

    @Test
    void a_shipping_quote_is_answered_or_refused_by_shipping_service() {
        JsonNode quote = shop.quote("express", 3);

        assertThat(quote.get("price").decimalValue()).isEqualByComparingTo("15.90");
        assertThat(quote.get("days").asInt()).isEqualTo(1);
        assertThatThrownBy(() -> shop.quote("express", 101)).hasMessageContaining("1 to 100 articles");
    }

    /** More orders than the carriers can book meanwhile. */
    @Test
    @EnabledIf("runsTestsOfServicesAlone")
    void the_customer_of_an_order_that_waits_for_shipping_is_reminded() {
        List<String> orders = Stream.generate(() -> shop.place("grace", "standard", "STICKER-SET", 1))
                .limit(20)
                .toList();

        String reminded = await().atMost(TIMEOUT)
                .until(
                        () -> orders.stream()
                                .filter(id ->
                                        shop.mailsAbout(id).stream().anyMatch(each -> each.contains("takes longer")))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        orders.forEach(id -> assertFinalStatus(id, "SHIPPED"));
        assertThat(shop.awaitMail(reminded, "on its way", TIMEOUT)).isTrue();
        assertThat(stack.management(Service.ORDER)
                        .get("/outbox/scheduled?size=100")
                        .findValuesAsString("key"))
                .doesNotContainAnyElementsOf(orders);
    }

    @Test
    void each_published_message_is_found_in_each_group() {
        assertFinalStatus(shop.place("grace", "express", SKU, 1), "SHIPPED");
        List<ServiceClient> services =
                Stream.of(Service.values()).map(stack::management).toList();
        await().atMost(TIMEOUT).untilAsserted(() -> {
            List<JsonNode> balances = Conservation.check(services, 0);
            assertThat(balances)
                    .allSatisfy(each -> assertThat(each.get("missing").asLong()).isZero());
            assertThat(balances)
                    .filteredOn(each -> each.get("unchecked").isNull()
                            && each.get("handled").asLong() > 0)
                    .extracting(each -> each.get("group").asString())
                    .contains("inventory", "shipping", "email", "analytics");
        });
    }

    @Test
    @EnabledIf("runsTestsOfServicesAlone")
    void an_order_that_exceeds_the_stock_is_rejected_and_mailed() {
        String id = shop.place("grace", "standard", "LAST-ONE", 2);

        assertFinalStatus(id, "REJECTED");
        assertThat(shop.awaitMail(id, "cannot fulfil", TIMEOUT)).isTrue();
        assertThat(shop.stock("LAST-ONE").get("available").asInt()).isEqualTo(1);
    }

    @Test
    @EnabledIf("runsTestsOfServicesAlone")
    void an_order_cancelled_before_its_reservation_holds_no_stock() {
        int before = available("KEYBOARD-TKL");
        ServiceProcess inventory = stack.service(Service.INVENTORY);
        inventory.stop();
        String id = shop.place("grace", "standard", "KEYBOARD-TKL", 5);
        shop.cancel(id);
        assertFinalStatus(id, "CANCELLED");
        inventory.start();
        LocalStack.awaitUp(inventory);

        // its events precede those of the next order in the same partition
        assertFinalStatus(shop.place("grace", "standard", SKU, 1), "SHIPPED");
        assertThat(shop.awaitMail(id, "is cancelled", TIMEOUT)).isTrue();
        awaitAvailable("KEYBOARD-TKL", before);
    }

    @Test
    @EnabledIf("runsTestsOfServicesAlone")
    void an_order_cancelled_after_its_reservation_releases_its_stock() {
        int before = available("MOUSE-SILENT");
        List<String> placed = new ArrayList<>();
        beforeItIsShipped(() -> {
            placed.add(shop.place("grace", "standard", "MOUSE-SILENT", 3));
            shop.awaitStatus(placed.get(0), "CONFIRMED"::equals, TIMEOUT);
            shop.cancel(placed.get(0));
        });
        String id = placed.get(0);

        assertFinalStatus(id, "CANCELLED");
        assertThat(shop.awaitMail(id, "is cancelled", TIMEOUT)).isTrue();
        awaitAvailable("MOUSE-SILENT", before);
    }

    @Test
    void an_event_delivered_a_hundred_times_more_has_one_effect() {
        try (EventProbe probe = new EventProbe(broker, "orders")) {
            String id = shop.place("grace", "express", "SHIRT-OUTBOX-M", 1);
            Message<String, byte[]> created = probe.awaitMessage(
                    "orders",
                    message -> id.equals(message.key()) && "order.created.v1".equals(message.header(Headers.TYPE)));
            assertFinalStatus(id, "SHIPPED");
            int available = available("SHIRT-OUTBOX-M");

            for (int i = 0; i < 100; i++) {
                probe.send("orders", created.key(), created.headers(), created.value());
            }

            assertFinalStatus(shop.place("grace", "express", SKU, 1), "SHIPPED");
            assertThat(available("SHIRT-OUTBOX-M")).isEqualTo(available);
            assertThat(shop.shipments(id)).hasSize(1);
            assertThat(shop.mailsAbout(id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void plain_json_of_a_foreign_producer_is_handled_as_an_order() throws Exception {
        int before = available("CABLE-USB-C");
        String id = UUID.randomUUID().toString();

        sendAsForeignProducer(stack.broker(), "orders", "order.created.standard", """
                {"orderId": "%s", "customerId": "linus", "email": "linus@example.org", "priority": "standard",
                 "items": [{"sku": "CABLE-USB-C", "quantity": 2}], "note": "unknown to us"}""".formatted(id));

        awaitAvailable("CABLE-USB-C", before - 2);
    }

    @Test
    @EnabledIf("runsTestsOfServicesAlone")
    void an_operator_finds_and_redrives_a_dead_letter_in_the_console(@TempDir Path profile) {
        ServiceProcess console = stack.startConsole();
        String id = shop.place("grace", "standard", SKU, 1);
        try (EventProbe probe = new EventProbe(broker, DEAD_LETTERS);
                ConsolePages pages = new ConsolePages(console.address(), profile)) {
            probe.send(
                    "orders",
                    id,
                    Map.of(
                            Headers.SPEC_VERSION, "1.0",
                            Headers.ID, UUID.randomUUID().toString(),
                            Headers.TYPE, "order.created.v1",
                            Headers.SOURCE, "/probe"),
                    "{<b>poison</b>".getBytes(StandardCharsets.UTF_8));
            pages.logIn("operator", stack.operator().password());
            pages.await("inventory-service");
            pages.await("dead letter(s) await an operator.");

            pages.open("/orders/" + id);
            pages.await("SHIPPED");
            pages.await("order.created.v1 in group inventory, waiting");
            pages.follow("in group inventory");
            pages.await("{<b>poison</b>");
            pages.press("Redrive");
            pages.await("redriven by operator");
        }
    }

    @Test
    void a_poison_message_is_dead_lettered_unchanged_and_blocks_no_other() {
        byte[] poison = ("{\"orderId\": \"" + UUID.randomUUID() + "\", ").getBytes(StandardCharsets.UTF_8);
        try (EventProbe probe = new EventProbe(broker, DEAD_LETTERS)) {
            probe.send(
                    "orders",
                    "poison",
                    Map.of(
                            Headers.SPEC_VERSION, "1.0",
                            Headers.ID, UUID.randomUUID().toString(),
                            Headers.TYPE, "order.created.v1",
                            Headers.SOURCE, "/probe"),
                    poison);
            String id = shop.place("grace", "standard", SKU, 1);

            assertFinalStatus(id, "SHIPPED");
            assertThat(probe.awaitMessage(DEAD_LETTERS, message -> "poison".equals(message.key()))
                            .value())
                    .isEqualTo(poison);
        }
    }

    @Test
    void a_dead_letter_is_redriven_to_the_group_that_failed_only() {
        String type = "order.unheard-of." + UUID.randomUUID();
        try (EventProbe probe = new EventProbe(broker, DEAD_LETTERS)) {
            probe.send("orders", type, "stranger", Map.of());
        }
        List<String> services = List.of("inventory", "shipping", "email");
        services.forEach(service -> awaitDeadLetter(service, type, "WAITING", 1));

        assertThat(deadLetters("redrive", "--service", "inventory", "--type", type))
                .contains("1 of 1 redriven");

        String letter = awaitDeadLetter("inventory", type, "WAITING", 2);
        awaitDeadLetter("shipping", type, "WAITING", 1);
        awaitDeadLetter("email", type, "WAITING", 1);
        assertThat(deadLetters("show", letter)).contains("redriven by operator", "failed again by inventory");
        assertThat(deadLetters("discard", letter)).contains("DISCARDED");
        awaitDeadLetter("inventory", type, "DISCARDED", 2);
    }

    /** Waits until it has this state and number of failures; returns its SERVICE:ID. */
    private String awaitDeadLetter(String service, String type, String state, int failed) {
        Pattern line = Pattern.compile("(" + service + ":\\d+) +" + state + " .* " + failed + " +\\d{4}-");
        return await().atMost(TIMEOUT)
                .until(
                        () -> line.matcher(deadLetters("list", "--service", service, "--type", type, "--state", "all"))
                                .results()
                                .map(match -> match.group(1))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String deadLetters(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        DeadLetters.run(stack, new PrintStream(printed, true, StandardCharsets.UTF_8), arguments);
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void each_order_is_counted_once_although_analytics_service_is_killed() {
        String customer = "counted-" + UUID.randomUUID();
        ServiceProcess analytics = stack.service(Service.ANALYTICS);
        for (int i = 0; i < 20; i++) {
            shop.place(customer, "standard", SKU, 1);
            if (i == 10) {
                analytics.kill();
            }
        }
        analytics.start();
        LocalStack.awaitUp(analytics);

        ServiceClient api = stack.api(Service.ANALYTICS);
        await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> {
            JsonNode totals = api.get("/analytics/customers/" + customer);
            assertThat(totals.get("orders").asInt()).isEqualTo(20);
            assertThat(totals.get("confirmed").asInt()).isEqualTo(20);
            assertThat(totals.get("revenue").decimalValue()).isEqualByComparingTo("250.00");
        });
    }

    @Test
    void orders_placed_while_a_service_is_killed_reach_a_final_state() {
        List<String> ids = new ArrayList<>();
        for (Service service : List.of(Service.INVENTORY, Service.SHIPPING)) {
            ServiceProcess process = stack.service(service);
            ids.addAll(place(10));
            process.kill();
            ids.addAll(place(10));
            process.start();
            ids.addAll(place(5));
            LocalStack.awaitUp(process);
        }

        ids.forEach(id -> assertFinalStatus(id, "SHIPPED"));
        assertThat(ids).allSatisfy(id -> assertThat(shop.shipments(id)).hasSize(1));
    }

    /** A shipped order cannot be cancelled, and a slow machine ships first. */
    private void beforeItIsShipped(Runnable task) {
        ServiceProcess shipping = stack.service(Service.SHIPPING);
        shipping.freeze();
        try {
            task.run();
        } finally {
            shipping.thaw();
        }
    }

    private List<String> place(int orders) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            ids.add(shop.place("grace", i % 2 == 0 ? "standard" : "express", "STICKER-SET", 1));
        }
        return ids;
    }

    private void assertFinalStatus(String id, String status) {
        shop.awaitStatus(id, FINAL::contains, TIMEOUT);
        assertThat(shop.status(id))
                .as("order %s with timeline %s", id, shop.timeline(id))
                .isEqualTo(status);
    }

    private int available(String sku) {
        return shop.stock(sku).get("available").asInt();
    }

    private void awaitAvailable(String sku, int expected) {
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(available(sku)).isEqualTo(expected));
    }
}
