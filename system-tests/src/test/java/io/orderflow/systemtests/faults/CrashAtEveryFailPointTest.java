package io.orderflow.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.servers.PostgresServer;
import io.orderflow.systemtests.TestSelection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * One of two instances is killed at a fail point, restarted, killed at the next one and so on. In the end every order has
 * exactly one effect and one answer, the dead letters are exactly the poison messages, and the broker has each key's orders
 * in the order in which they were placed.
 *
 * <p>All fail points take some minutes for each broker: an ordinary build runs some, {@code ./orderflow test --all} all, and
 * {@code -Dorderflow.fail-points=relay.after-confirm,...} the named ones.
 */
class CrashAtEveryFailPointTest {

    private static final String CHOICE = "orderflow.fail-points";
    private static final String SOME =
            "relay.after-confirm,consumer.after-inbox,consumer.after-commit,deadletter.after-send";

    private static final int HALT_SECONDS = 240;
    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final String RECORDER = "recorder";
    private static final String[] GROUPS = {Shop.STOCK, Shop.PACKING, RECORDER};

    /** Rarely passed fail points halt at the first pass. */
    private static final Set<String> RARE = Set.of(
            "retry.after-set-aside",
            "deadletter.before-send",
            "deadletter.after-send",
            "collector.after-store",
            "redrive.after-send",
            "redrive.before-commit",
            "redrive.after-commit");

    private static final int PASS = 4;

    @TempDir
    Path logs;

    @ParameterizedTest
    @EnumSource
    void every_order_has_one_effect_wherever_an_instance_is_killed(TestBroker at) throws Exception {
        String topic = "crash-" + Long.toString(System.nanoTime(), 36) + ".";
        String url = PostgresServer.find().createFreshDatabase("crash");
        JdbcClient database = database(url);
        List<String> properties = new ArrayList<>(at.properties());
        properties.add("--shop.topic=" + topic);
        properties.add("--spring.datasource.url=" + url);
        properties.add("--messaging.topics." + topic + Shop.ORDERS + ".groups=" + String.join(",", GROUPS));

        try (MessageBroker broker = at.connect();
                Recorder recorder = new Recorder(broker, topic);
                ShopProcess running =
                        ShopProcess.start(logs.resolve("running.log"), "", with(properties, Shop.A_SHARE))) {
            for (String point : failPoints()) {
                String fault = "halt:" + point + "@" + (RARE.contains(point) ? 1 : PASS);
                try (ShopProcess killed =
                        ShopProcess.start(logs.resolve(point + ".log"), fault, with(properties, Shop.ENDLESS))) {
                    assertThat(killed.isHaltedWithin(HALT_SECONDS))
                            .as("halted at %s; its log:\n%s", point, killed.output())
                            .isTrue();
                }
                assertThat(running.isAlive())
                        .as("the other instance is running")
                        .isTrue();
            }
            try (ShopProcess again = ShopProcess.start(logs.resolve("again.log"), "", with(properties, Shop.A_SHARE))) {
                await().atMost(TIMEOUT).until(() -> again.output().contains(ShopProcess.ALL_PLACED));
                await().atMost(TIMEOUT).untilAsserted(() -> assertNothingMissing(database, recorder));
                assertThat(running.isAlive() && again.isAlive()).isTrue();
            }
        }
        assertNothingTwice(database);
    }

    private static List<String> with(List<String> properties, String orders) {
        List<String> more = new ArrayList<>(properties);
        more.add("--shop.orders=" + orders);
        return more;
    }

    private static void assertNothingMissing(JdbcClient database, Recorder recorder) {
        recorder.read();
        List<String> placed = orders(database, "select order_id from placed order by seq");
        Map<Boolean, Set<String>> poison = placed.stream()
                .collect(Collectors.partitioningBy(Shop::isPoison, Collectors.toCollection(TreeSet::new)));
        assertThat(new TreeSet<>(orders(database, "select order_id from reserved")))
                .as("effects")
                .isEqualTo(poison.get(false));
        assertThat(new TreeSet<>(orders(database, "select order_id from booked")))
                .as("answers' effects")
                .isEqualTo(poison.get(false));
        assertThat(new TreeSet<>(orders(database, "select order_id from packed")))
                .as("packed")
                .isEqualTo(new TreeSet<>(placed));
        assertThat(new TreeSet<>(recorder.deadLetters)).as("dead letters").isEqualTo(poison.get(true));
        assertThat(new TreeSet<>(collected(database, Shop.STOCK)))
                .as("dead letters in the database")
                .isEqualTo(poison.get(true));
        assertThat(collected(database, Shop.PACKING))
                .as("dead letters that were not redriven")
                .isEmpty();
        assertThat(byKey(recorder.orders)).as("orders on the broker").isEqualTo(byKey(placed));
        assertThat(orders(database, "select id::text from messaging_outbox"))
                .as("rows left in the outbox")
                .isEmpty();
    }

    /** Waiting dead letters. */
    private static List<String> collected(JdbcClient database, String group) {
        return database.sql("select convert_from(value, 'UTF8')::json ->> 'orderId' from messaging_dead_letter"
                        + " where consumer_group = ? and state = 'WAITING'")
                .param(group)
                .query(String.class)
                .list();
    }

    private static void assertNothingTwice(JdbcClient database) {
        for (String table : List.of("reserved", "booked", "packed")) {
            assertThat(orders(database, "select order_id from " + table + " group by order_id having count(*) > 1"))
                    .as("duplicate effects in %s", table)
                    .isEmpty();
        }
    }

    /** The orders of each key. */
    private static Map<String, List<String>> byKey(Iterable<String> orders) {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        orders.forEach(order -> byKey.computeIfAbsent(order.substring(0, order.indexOf(':')), key -> new ArrayList<>())
                .add(order));
        return byKey;
    }

    private static List<String> orders(JdbcClient database, String query) {
        return database.sql(query).query(String.class).list();
    }

    private static List<String> failPoints() {
        String chosen = System.getProperty(CHOICE, TestSelection.all() ? "all" : SOME);
        return chosen.equals("all")
                ? FailPoints.all().stream()
                        .map(FailPoint::name)
                        .filter(CrashAtEveryFailPointTest::isInLibrary)
                        .toList()
                : List.of(chosen.split(","));
    }

    /** The others need a service with HTTP. */
    private static boolean isInLibrary(String point) {
        return !point.startsWith("api.");
    }

    private static JdbcClient database(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        ResourceDatabasePopulator tables = LibraryScripts.populator();
        tables.addScript(new ByteArrayResource(Shop.SCHEMA.getBytes(StandardCharsets.UTF_8)));
        tables.execute(database);
        return JdbcClient.create(database);
    }

    /** Another group, which records the orders on the broker at their first occurrence. */
    private static final class Recorder implements AutoCloseable {

        final Set<String> orders = new LinkedHashSet<>();
        final Set<String> deadLetters = new LinkedHashSet<>();
        private final MessageConsumer<String, byte[]> ordersMember;
        private final MessageConsumer<String, byte[]> deadLettersMember;

        Recorder(MessageBroker broker, String topic) {
            broker.declare(Topic.named(topic + Shop.ORDERS), GROUPS);
            ordersMember = broker.consumer(RECORDER, ConsumerOptions.defaults());
            ordersMember.subscribe(List.of(Topic.named(topic + Shop.ORDERS)));
            deadLettersMember = broker.consumer(RECORDER, ConsumerOptions.defaults());
            deadLettersMember.subscribe(List.of(Topic.named(Topic.deadLettersOf(topic + Shop.ORDERS, Shop.STOCK))));
        }

        void read() {
            read(ordersMember, orders);
            read(deadLettersMember, deadLetters);
        }

        private static void read(MessageConsumer<String, byte[]> member, Set<String> into) {
            List<Delivery<String, byte[]>> some = member.poll(Duration.ofMillis(500));
            while (!some.isEmpty()) {
                some.forEach(delivery -> into.add(orderIn(delivery)));
                member.commit();
                some = member.poll(Duration.ofMillis(500));
            }
        }

        private static String orderIn(Delivery<String, byte[]> delivery) {
            assertThat(delivery.message().header(Headers.ID)).isNotNull();
            String json = new String(delivery.message().value(), StandardCharsets.UTF_8);
            return json.replaceAll(".*\"orderId\":\"([^\"]*)\".*", "$1");
        }

        @Override
        public void close() {
            ordersMember.close();
            deadLettersMember.close();
        }
    }
}
