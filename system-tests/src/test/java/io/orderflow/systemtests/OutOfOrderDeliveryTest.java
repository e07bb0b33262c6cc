package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.orderflow.localstack.Shop;
import io.orderflow.localstack.StackException;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.testkit.RedeliveringBroker;
import io.orderflow.servers.Ports;
import io.orderflow.servers.PostgresServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Orders of all kinds through the four services, two of them with two instances, with events that are late, duplicated and
 * out of order. The result does not depend on it.
 */
class OutOfOrderDeliveryTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Set<String> FINAL = Set.of("SHIPPED", "REJECTED", "CANCELLED");
    private static final List<String> SKUS = List.of("MUG-KAFKA", "MUG-RABBIT", "LAST-ONE");
    private static final int ORDERS = 60;

    private record Ordered(String sku, int quantity) {}

    private final GreenMail smtp = new GreenMail(new ServerSetup(Ports.free(), "localhost", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, String> databases = new HashMap<>();
    private final List<ServiceInThisJvm> services = new ArrayList<>();
    private final Map<String, Ordered> orders = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        services.forEach(ServiceInThisJvm::close);
        smtp.stop();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121})
    void every_order_reaches_one_final_state_whatever_the_order_of_events(long seed) {
        smtp.start();
        MessageBroker broker = new RedeliveringBroker(new MemoryBroker(), seed);
        Map<String, Object> impatient = Map.of(
                "orders.deadlines.pending",
                "1s",
                "orders.deadlines.head-start",
                "0s",
                "orders.deadlines.check-interval",
                "100ms");
        ServiceInThisJvm order = start("order", "order.OrderServiceApplication", broker, impatient);
        start("order", "order.OrderServiceApplication", broker, impatient); // a second instance
        ServiceInThisJvm inventory = start("inventory", "inventory.InventoryServiceApplication", broker, Map.of());
        start("inventory", "inventory.InventoryServiceApplication", broker, Map.of());
        ServiceInThisJvm shipping = start(
                "shipping", "shipping.ShippingServiceApplication", broker, Map.of("shipping.carrier.delay", "20ms"));
        ServiceInThisJvm email = start(
                "email",
                "email.EmailServiceApplication",
                broker,
                Map.of("spring.mail.port", smtp.getSmtp().getPort()));
        Shop shop = new Shop(order.address(), inventory.address(), shipping.address(), URI.create("http://localhost"));

        Map<String, Integer> atTheStart = levels(shop, "available");
        place(shop, new Random(seed));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(status(shop).values()).isSubsetOf(FINAL));
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(levels(shop, "reserved").values()).containsOnly(0));

        Map<String, String> status = status(shop);
        assertThat(status.values()).contains("SHIPPED", "CANCELLED");
        for (String sku : SKUS) {
            assertThat(levels(shop, "shipped").get(sku)).as(sku).isEqualTo(ordered(sku, status));
            assertThat(levels(shop, "available").get(sku))
                    .as(sku)
                    .isEqualTo(atTheStart.get(sku) - ordered(sku, status));
        }
        assertThat(orders.keySet())
                .allSatisfy(id -> assertThat(shipmentsDispatched(shop, id))
                        .as(id)
                        .isEqualTo(status.get(id).equals("SHIPPED") ? 1 : 0));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(orders.keySet())
                        .allSatisfy(id -> assertMails(
                                id, status.get(id), shop.timeline(id).toString())));
        List.of(inventory, shipping, email)
                .forEach(each -> await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(gaps(each.database())).isZero()));
    }

    private ServiceInThisJvm start(
            String name, String application, MessageBroker broker, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("messaging.broker", "memory");
        all.put("server.port", 0);
        all.put("management.server.port", 0);
        all.put("spring.datasource.url", databases.computeIfAbsent(name, PostgresServer.find()::createFreshDatabase));
        all.put("spring.datasource.username", PostgresServer.USER);
        all.put("spring.datasource.password", PostgresServer.PASSWORD);
        ServiceInThisJvm service = ServiceInThisJvm.start(Path.of("..", name + "-service"), application, broker, all);
        services.add(0, service);
        return service;
    }

    /** Places orders, and cancels some of them at once and some a while later. */
    private void place(Shop shop, Random random) {
        List<String> doubtful = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            Ordered what = new Ordered(SKUS.get(random.nextInt(SKUS.size())), 1 + random.nextInt(2));
            String id = shop.place("ada", random.nextBoolean() ? "standard" : "express", what.sku(), what.quantity());
            orders.put(id, what);
            switch (random.nextInt(4)) {
                case 0 -> cancel(shop, id);
                case 1 -> doubtful.add(id);
                default -> {}
            }
            if (doubtful.size() > 5) {
                cancel(shop, doubtful.remove(0));
            }
        }
    }

    private static void cancel(Shop shop, String id) {
        try {
            shop.cancel(id);
        } catch (StackException tooLate) {
            assertThat(shop.status(id)).isIn("SHIPPED", "REJECTED");
        }
    }

    private Map<String, String> status(Shop shop) {
        Map<String, String> status = new LinkedHashMap<>();
        orders.keySet().forEach(id -> status.put(id, shop.status(id)));
        return status;
    }

    private static Map<String, Integer> levels(Shop shop, String which) {
        Map<String, Integer> levels = new HashMap<>();
        SKUS.forEach(sku -> levels.put(sku, shop.stock(sku).get(which).asInt()));
        return levels;
    }

    private int ordered(String sku, Map<String, String> status) {
        return orders.entrySet().stream()
                .filter(order -> status.get(order.getKey()).equals("SHIPPED"))
                .map(Map.Entry::getValue)
                .filter(ordered -> ordered.sku().equals(sku))
                .mapToInt(Ordered::quantity)
                .sum();
    }

    private static long shipmentsDispatched(Shop shop, String id) {
        return shop.shipments(id).stream()
                .filter(shipment -> shipment.get("status").asString().equals("DISPATCHED"))
                .count();
    }

    /** One mail of each required kind, and none after the final one. */
    private void assertMails(String id, String status, String story) {
        List<String> subjects = subjects(id);
        assertThat(subjects).as("mails about %s, %s", id, story).doesNotHaveDuplicates();
        switch (status) {
            case "SHIPPED" ->
                assertThat(subjects)
                        .hasSize(2)
                        .anyMatch(s -> s.endsWith("is on its way"))
                        .anyMatch(s -> s.endsWith("is confirmed"));
            case "REJECTED" -> assertThat(subjects).singleElement().asString().startsWith("We cannot fulfil");
            default -> assertThat(subjects).last().asString().endsWith("is cancelled");
        }
    }

    private List<String> subjects(String id) {
        return Arrays.stream(smtp.getReceivedMessages())
                .map(OutOfOrderDeliveryTest::subject)
                .filter(subject -> subject.contains(id))
                .toList();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long gaps(JdbcClient database) {
        return database.sql("select count(*) from messaging_sequence where gap_since is not null")
                .query(Long.class)
                .single();
    }
}
