package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Inbox, handler and outbox in one transaction, a message or a poll at a time, wired as an application wires them. The
 * broker is the one in memory; what each broker keeps is the conformance suite's to show.
 */
class HandlingWithADatabaseTest {

    private ConfigurableApplicationContext context;
    private MessageBroker broker;

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void every_message_has_one_effect_and_one_answer_however_often_it_comes(UnitOfWork unit) {
        start(unit);
        List<Message<String, byte[]>> once = orders(1, 50);
        List<Message<String, byte[]>> twice =
                Stream.concat(once.stream(), once.stream()).toList();
        broker.producer().sendBatch(Topic.named("orders"), twice);
        broker.producer().sendBatch(Topic.named("orders"), once);

        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(150));
        assertThat(handledOrders()).containsExactlyElementsOf(names(1, 50));
        assertThat(answers(50)).containsExactlyInAnyOrderElementsOf(names(1, 50));
        assertThat(meters().counter("messaging.inbox.duplicates", "group", "stock")
                        .count())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void a_bad_message_costs_only_itself(UnitOfWork unit) {
        start(unit);
        List<Message<String, byte[]>> messages = new ArrayList<>(orders(1, 20));
        messages.add(10, message("poison", "{\"orderId\":"));
        messages.add(15, message("doomed", "{\"orderId\":\"doomed\"}"));
        broker.producer().sendBatch(Topic.named("orders"), messages);

        await().untilAsserted(() -> assertThat(count("messaging.dead.lettered")).isEqualTo(2));
        await().untilAsserted(() -> assertThat(handledOrders()).containsExactlyElementsOf(names(1, 20)));
        assertThat(answers(20)).containsExactlyInAnyOrderElementsOf(names(1, 20));
        await().untilAsserted(() ->
                assertThat(deadLetters()).containsExactlyInAnyOrder("{\"orderId\":", "{\"orderId\":\"doomed\"}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void what_fails_after_its_answer_leaves_neither_effect_nor_answer_and_comes_again(UnitOfWork unit) {
        start(unit);
        application().failOnce.add("order-3");
        broker.producer().sendBatch(Topic.named("orders"), orders(1, 5));

        await().untilAsserted(() -> assertThat(handledOrders()).containsExactlyElementsOf(names(1, 5)));
        assertThat(answers(5)).containsExactlyInAnyOrderElementsOf(names(1, 5));
        assertThat(read("answers", "customer", 1)).isEmpty();
        assertThat(application().attempts.get("order-3")).isEqualTo(2);
    }

    @Test
    void an_event_without_a_transaction_is_refused_with_a_sentence() {
        start(UnitOfWork.MESSAGE);
        EventPublisher publisher = context.getBean(EventPublisher.class);
        assertThatThrownBy(() -> publisher.publish(new Answered("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no transaction");

        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        TransactionSynchronization tooLate = new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                publisher.publish(new Answered("x"));
            }
        };
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> TransactionSynchronizationManager.registerSynchronization(tooLate)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("committed already");
    }

    private void start(UnitOfWork unit) {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--messaging.broker=memory",
                        "--test.unit=" + unit,
                        "--spring.datasource.url=" + PostgresServer.find().createFreshDatabase("handling"));
        broker = context.getBean(MessageBroker.class);
        broker.declare(Topic.named("answers"), "customer");
    }

    private Application application() {
        return context.getBean(Application.class);
    }

    private List<String> handledOrders() {
        return context.getBean(JdbcClient.class)
                .sql("select order_id from handled order by length(order_id), order_id")
                .query(String.class)
                .list();
    }

    private List<String> deadLetters() {
        return context.getBean(JdbcClient.class)
                .sql("select convert_from(value, 'UTF8') from messaging_dead_letter where consumer_group = 'stock'")
                .query(String.class)
                .list();
    }

    private List<String> answers(int number) {
        return read("answers", "customer", number).stream()
                .map(delivery -> delivery.message().key())
                .toList();
    }

    /** So many messages and those that come along; fewer if no more come. */
    private List<Delivery<String, byte[]>> read(String topic, String group, int number) {
        List<Delivery<String, byte[]>> read = new ArrayList<>();
        try (MessageConsumer<String, byte[]> consumer = broker.consumer(group, ConsumerOptions.defaults())) {
            consumer.subscribe(List.of(Topic.named(topic)));
            List<Delivery<String, byte[]>> some = consumer.poll(Duration.ofSeconds(3));
            while (!some.isEmpty()) {
                read.addAll(some);
                consumer.commit();
                some = consumer.poll(read.size() < number ? Duration.ofSeconds(3) : Duration.ofMillis(100));
            }
        }
        return read;
    }

    private double count(String name) {
        return meters().counter(name, "topic", "orders", "group", "stock").count();
    }

    private MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    private static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "order-" + i).toList();
    }

    private static List<Message<String, byte[]>> orders(int from, int to) {
        return names(from, to).stream()
                .map(name -> message(name, "{\"orderId\":\"" + name + "\"}"))
                .toList();
    }

    private static Message<String, byte[]> message(String id, String json) {
        return new Message<>("same-key", json.getBytes(StandardCharsets.UTF_8), Map.of(Headers.ID, id), Instant.EPOCH);
    }

    record Placed(String orderId) {}

    record Answered(String orderId) {}

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final Set<String> failOnce = ConcurrentHashMap.newKeySet();
        final Map<String, Integer> attempts = new ConcurrentHashMap<>();

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        static DataSourceInitializer tables(DataSource dataSource) {
            ResourceDatabasePopulator populator = LibraryScripts.populator();
            populator.addScript(new ByteArrayResource(
                    "create table handled (order_id text not null)".getBytes(StandardCharsets.UTF_8)));
            DataSourceInitializer initializer = new DataSourceInitializer();
            initializer.setDataSource(dataSource);
            initializer.setDatabasePopulator(populator);
            return initializer;
        }

        @Bean
        EventType<Answered> answered() {
            return EventType.of(Answered.class, "order.answered.v1", "answers", Answered::orderId);
        }

        @Bean
        EventSubscription orders(JdbcClient jdbc, EventPublisher publisher, @Value("${test.unit}") UnitOfWork unit) {
            return EventSubscription.of("orders", "stock")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> {
                        publisher.publish(new Answered(placed.orderId()));
                        jdbc.sql("insert into handled values (?)")
                                .param(placed.orderId())
                                .update();
                        failWhereToldTo(placed, context);
                    })
                    .retrying(RetryPolicy.defaults()
                            .pausing(Duration.ofMillis(1), Duration.ofMillis(5))
                            .notRetrying(IllegalArgumentException.class))
                    .unitOfWork(unit);
        }

        private void failWhereToldTo(Placed placed, EventContext context) {
            attempts.merge(placed.orderId(), context.attempt(), Math::max);
            if (placed.orderId().equals("doomed")) {
                throw new IllegalArgumentException("This one is doomed.");
            }
            if (failOnce.contains(placed.orderId()) && context.attempt() == 1) {
                throw new IllegalStateException("Not at the first attempt.");
            }
        }
    }
}
