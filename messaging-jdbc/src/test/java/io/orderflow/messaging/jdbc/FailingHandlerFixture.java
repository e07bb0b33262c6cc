package io.orderflow.messaging.jdbc;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
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
 * An application on the broker in memory, with a database or without one, whose handler fails on request. Its clock stands
 * still unless a test moves it.
 */
abstract class FailingHandlerFixture {

    ConfigurableApplicationContext context;
    Application application;

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    void start(String unit, int members, String... more) {
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

    void send(int number, String kind) {
        context.getBean(MessageBroker.class)
                .producer()
                .sendBatch(
                        Topic.named("orders"),
                        IntStream.range(0, number)
                                .mapToObj(i -> message(kind, i))
                                .toList());
    }

    void send(Message<String, byte[]> message) {
        context.getBean(MessageBroker.class).producer().send(Topic.named("orders"), message);
    }

    static Message<String, byte[]> message(String kind, int number) {
        String name = kind + "-" + number;
        String json = kind.equals("undecodable") ? "{\"orderId\":" : "{\"orderId\":\"" + name + "\"}";
        return new Message<>(
                name,
                json.getBytes(StandardCharsets.UTF_8),
                Map.of(Headers.ID, name + "-" + IDS.incrementAndGet()),
                Instant.EPOCH);
    }

    static final AtomicInteger IDS = new AtomicInteger();

    List<String> problems() {
        return context.getBean(Consumers.class).states().stream()
                .map(MemberState::problem)
                .filter(Objects::nonNull)
                .toList();
    }

    double count(String name) {
        return context.getBean(MeterRegistry.class)
                .counter(name, "topic", "orders", "group", "stock")
                .count();
    }

    record Placed(String orderId) {}

    /** A clock that the test moves. It begins far in the past, so that each row of the outbox is due at once. */
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
        private final ObjectProvider<JdbcTemplate> jdbc;

        Application(ObjectProvider<JdbcTemplate> jdbc) {
            this.jdbc = jdbc;
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
            jdbc.ifAvailable(database -> suspected.addAll(
                    database.queryForList("select message_id from messaging_handled_alone", String.class)));
            if (placed.orderId().startsWith("bad")) {
                throw new IllegalStateException("cannot handle " + placed.orderId());
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
