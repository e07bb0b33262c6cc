package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.MemberState;
import io.orderflow.servers.PostgresServer;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;

/**
 * Something is away that every message needs, or only some messages are bad: wired as an application wires it, with a
 * database and without one, on the broker in memory. Time is stepped: it stands still unless a test moves it.
 */
class OutageTest {

    private static final int ORDERS = 60;

    private ConfigurableApplicationContext context;
    private Application application;

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2} member(s)")
    @CsvSource({
        "UNKNOWN, MESSAGE, 2",
        "NETWORK, MESSAGE, 1",
        "UNKNOWN, POLL, 1",
        "UNKNOWN, SELF_MANAGED, 3",
        "NETWORK, NO_DATABASE, 2"
    })
    void what_is_away_for_a_minute_costs_no_message_anything(String failure, String unit, int members) {
        start(unit, members);
        application.failure.set(failure);
        send(ORDERS, "order");

        await().untilAsserted(() -> assertThat(problems()).anyMatch(each -> each.contains("is paused since")));
        int tried = application.tried.get();
        Instant aMinuteLater = application.time.instant().plus(Duration.ofMinutes(1));
        awaitStepping(() -> application.time.instant().isAfter(aMinuteLater) && application.tried.get() > tried + 4);
        assertThat(count("messaging.dead.lettered")).isZero();
        assertThat(count("messaging.handled")).isZero();
        assertThat(count("messaging.retried")).as("attempts spent").isLessThanOrEqualTo(2);
        assertThat(application.tried.get()).as("tries in a minute").isLessThan(ORDERS);

        application.failure.set("");
        awaitStepping(() -> application.handled.size() == ORDERS);
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(ORDERS));
        assertThat(count("messaging.dead.lettered")).isZero();
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "POLL"})
    void a_duplicate_that_arrives_during_an_outage_does_not_end_it(String unit) {
        start(unit, 1);
        Message<String, byte[]> known = message("known", 0);
        send(known);
        await().until(() -> application.handled.size() == 1);

        application.failure.set("UNKNOWN");
        send(6, "order");
        await().untilAsserted(() -> assertThat(problems()).anyMatch(each -> each.contains("is paused since")));
        send(known);
        awaitStepping(() -> duplicates() == 1);
        Instant aMinuteLater = application.time.instant().plus(Duration.ofMinutes(1));
        awaitStepping(() -> application.time.instant().isAfter(aMinuteLater));
        assertThat(count("messaging.retried")).as("attempts spent").isLessThanOrEqualTo(2);
        assertThat(count("messaging.dead.lettered")).isZero();

        application.failure.set("");
        awaitStepping(() -> application.handled.size() == 7);
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "POLL"})
    void what_goes_from_member_to_member_in_an_outage_is_not_suspected_of_having_ended_a_process(String unit) {
        start(unit, 3);
        application.failure.set("NETWORK");
        send(6, "order");
        awaitStepping(() -> {
            application.time.step(Duration.ofSeconds(12));
            return application.tried.get() > 40;
        });

        application.failure.set("");
        awaitStepping(() -> application.handled.size() == 6);
        assertThat(application.suspected).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "NO_DATABASE"})
    void one_key_that_fails_again_and_again_is_poison_and_stops_nobody(String unit) {
        start(unit, 1);
        send(1, "bad");
        send(10, "order");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(1));
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(10));
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0} messages, {1}")
    @CsvSource({"undecodable, MESSAGE", "undecodable, POLL", "undecodable, NO_DATABASE", "bad, MESSAGE", "bad, POLL"})
    void of_a_thousand_with_every_tenth_poison_exactly_those_hundred_are_given_up(String kind, String unit) {
        start(unit, 1, "--test.time=runs");
        List<Message<String, byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            messages.add(message(i % 10 == 0 ? kind : "order", i));
        }
        context.getBean(MessageBroker.class).producer().sendBatch(Topic.named("orders"), messages);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(count("messaging.dead.lettered")).isEqualTo(100));
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(900));
        assertThat(application.handled).hasSize(900).allMatch(each -> each.startsWith("order"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void a_burst_of_nothing_but_undecodable_messages_is_no_outage() {
        start("MESSAGE", 1);
        send(200, "undecodable");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(200));
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MESSAGE", "POLL", "NO_DATABASE"})
    void an_error_in_a_handler_is_its_messages_end_and_not_the_consumers(String unit) {
        start(unit, 1);
        application.error.set(new StackOverflowError("in a handler"));
        send(1, "error");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(1));
        application.error.set(new NoClassDefFoundError("io/orderflow/Gone"));
        send(1, "error");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(2));
        application.error.set(new OutOfMemoryError("in a handler"));
        send(1, "error");
        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(3));
        send(5, "order");
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(5));
    }

    @Test
    void while_one_message_waits_for_its_retry_others_go_on() {
        start(
                "MESSAGE",
                1,
                "--messaging.subscriptions.orders.stock.retry.first-pause=10h",
                "--messaging.subscriptions.orders.stock.retry.longest-pause=10h");
        application.failure.set("UNKNOWN");
        application.failOnly.add("order-0");
        send(20, "order");
        await().untilAsserted(() -> assertThat(application.handled).hasSize(19));
        assertThat(count("messaging.retried")).isEqualTo(1);
    }

    /** Lets a second pass whenever it looks. */
    private void awaitStepping(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            application.time.step(Duration.ofSeconds(1));
            return condition.call();
        });
    }

    private void start(String unit, int members, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--messaging.broker=memory",
                "--messaging.subscriptions.orders.stock.members=" + members,
                "--test.unit=" + unit));
        if (!unit.equals("NO_DATABASE")) {
            arguments.add("--spring.datasource.url=" + PostgresServer.find().createFreshDatabase("outage"));
        } else {
            arguments.add("--messaging.database.enabled=false");
            arguments.add("--spring.autoconfigure.exclude="
                    + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
        }
        arguments.addAll(List.of(more));
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments.toArray(String[]::new));
        application = context.getBean(Application.class);
    }

    private void send(int number, String kind) {
        context.getBean(MessageBroker.class)
                .producer()
                .sendBatch(
                        Topic.named("orders"),
                        IntStream.range(0, number)
                                .mapToObj(i -> message(kind, i))
                                .toList());
    }

    private void send(Message<String, byte[]> message) {
        context.getBean(MessageBroker.class).producer().send(Topic.named("orders"), message);
    }

    private double duplicates() {
        return context.getBean(MeterRegistry.class)
                .counter("messaging.inbox.duplicates", "group", "stock")
                .count();
    }

    private static Message<String, byte[]> message(String kind, int number) {
        String name = kind + "-" + number;
        String json = kind.equals("undecodable") ? "{\"orderId\":" : "{\"orderId\":\"" + name + "\"}";
        return new Message<>(
                name,
                json.getBytes(StandardCharsets.UTF_8),
                Map.of(Headers.ID, name + "-" + IDS.incrementAndGet()),
                Instant.EPOCH);
    }

    private static final AtomicInteger IDS = new AtomicInteger();

    private List<String> problems() {
        return context.getBean(Consumers.class).states().stream()
                .map(MemberState::problem)
                .filter(Objects::nonNull)
                .toList();
    }

    private double count(String name) {
        return context.getBean(MeterRegistry.class)
                .counter(name, "topic", "orders", "group", "stock")
                .count();
    }

    record Placed(String orderId) {}

    /** Stands still until it is stepped; far in the past, so that what waits in the outbox is due at once. */
    static final class SteppedClock extends Clock {

        private volatile Instant now = Instant.now().minus(Duration.ofHours(1));

        void step(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final SteppedClock time = new SteppedClock();
        final AtomicReference<String> failure = new AtomicReference<>("");
        final AtomicReference<Error> error = new AtomicReference<>();
        final Set<String> failOnly = ConcurrentHashMap.newKeySet();
        final Set<String> handled = ConcurrentHashMap.newKeySet();
        final Set<String> suspected = ConcurrentHashMap.newKeySet();
        final AtomicInteger tried = new AtomicInteger();
        private final ObjectProvider<JdbcTemplate> notes;

        Application(ObjectProvider<JdbcTemplate> notes) {
            this.notes = notes;
        }

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Clock clock(@Value("${test.time:}") String kind) {
            return kind.equals("runs") ? Clock.systemUTC() : time;
        }

        @Bean
        @ConditionalOnProperty("spring.datasource.url")
        static DataSourceInitializer tables(DataSource dataSource) {
            DataSourceInitializer initializer = new DataSourceInitializer();
            initializer.setDataSource(dataSource);
            initializer.setDatabasePopulator(LibraryScripts.populator());
            return initializer;
        }

        @Bean
        EventSubscription orders(@Value("${test.unit}") String unit) {
            return EventSubscription.of("orders", "stock")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> handle(placed))
                    .retrying(RetryPolicy.defaults().pausing(Duration.ofMillis(1), Duration.ofMillis(5)))
                    .unitOfWork(unit.equals("NO_DATABASE") ? UnitOfWork.MESSAGE : UnitOfWork.valueOf(unit));
        }

        private void handle(Placed placed) throws Exception {
            tried.incrementAndGet();
            notes.ifAvailable(database -> suspected.addAll(
                    database.queryForList("select message_id from messaging_handled_alone", String.class)));
            if (placed.orderId().startsWith("bad")) {
                throw new IllegalStateException("There is something about " + placed.orderId() + ".");
            }
            if (placed.orderId().startsWith("error")) {
                throw error.get();
            }
            if (failOnly.isEmpty() || failOnly.contains(placed.orderId())) {
                failWhereEverythingFails(placed);
            }
            handled.add(placed.orderId());
        }

        private void failWhereEverythingFails(Placed placed) {
            switch (failure.get()) {
                case "UNKNOWN" -> throw new IllegalStateException("503 for " + placed.orderId());
                case "NETWORK" -> throw new IllegalStateException("no label", new ConnectException("refused"));
                default -> {}
            }
        }
    }
}
