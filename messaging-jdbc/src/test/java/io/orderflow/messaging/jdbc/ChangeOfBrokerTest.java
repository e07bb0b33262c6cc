package io.orderflow.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.runtime.TopicGroups;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.PostgresServer;
import io.orderflow.servers.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two applications change from Kafka to RabbitMQ, back and forth again while one publishes and the other handles. The table of the
 * handled events has no key that would hide a double effect.
 */
class ChangeOfBrokerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int KEYS = 20;
    private static final int BATCH = 200;
    private static final String TYPE = "counted.v1";
    private static final String DRAINED = "--messaging.drained-broker=kafka";

    private final String topic = "counted-" + UUID.randomUUID();
    private final String publishing = PostgresServer.find().createFreshDatabase("publishing");
    private final String handling = PostgresServer.find().createFreshDatabase("handling");
    private final AtomicInteger published = new AtomicInteger();
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    @BeforeEach
    void createTables() {
        LibraryScripts.populator().execute(new DriverManagerDataSource(publishing));
        var tables = LibraryScripts.populator();
        tables.addScript(new ByteArrayResource(
                "create table handled (position bigserial, key text, number int)".getBytes(StandardCharsets.UTF_8)));
        tables.execute(new DriverManagerDataSource(handling));
    }

    @AfterEach
    void stop() {
        running.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void no_event_is_lost_handled_twice_or_out_of_order_when_the_broker_changes_under_load() {
        var publisher = publisher("kafka", "");
        var handler = handler(2, "kafka", "");
        publish(publisher);

        // The handling application reads both, while events still come by Kafka and then by RabbitMQ.
        handler.close();
        var load = CompletableFuture.runAsync(() -> publish(publisher));
        handler = handler(2, "rabbitmq", "kafka");
        var another = handler(2, "rabbitmq", "kafka");
        load.join();
        publisher.close();
        var switched = publisher("rabbitmq", "kafka");
        publish(switched);
        awaitDrained(handler, "kafka");
        assertThat(groups(handler)).contains(topic + " sum rabbitmq", topic + ".sum.retry sum kafka");

        // Roll-back is to swap the two.
        // it.
        publish(switched);
        handler.close();
        another.close();
        publish(switched);
        switched.close();
        var back = publisher("kafka", "rabbitmq");
        load = CompletableFuture.runAsync(() -> publish(back));
        handler = handler(2, "kafka", "rabbitmq");
        another = handler(2, "kafka", "rabbitmq");
        load.join();
        awaitDrained(handler, "rabbitmq");

        // Forth again. Once it is drained, Kafka is left.
        back.close();
        handler.close();
        another.close();
        var forth = publisher("rabbitmq", "kafka");
        publish(forth);
        handler = handler(2, "rabbitmq", "kafka");
        awaitDrained(handler, "kafka");
        forth.close();
        handler.close();
        publish(publisher("rabbitmq", "", DRAINED));
        handler(2, "rabbitmq", "", DRAINED);

        await().atMost(TIMEOUT).until(() -> handled().size() >= published.get());
        List<Counted> all = handled();
        assertThat(all).hasSize(published.get()).doesNotHaveDuplicates();
        all.stream()
                .collect(Collectors.groupingBy(Counted::key))
                .forEach((key, events) -> assertThat(events)
                        .as("events of %s in the order in which they were handled", key)
                        .extracting(Counted::number)
                        .isSorted());
    }

    private static void awaitDrained(ConfigurableApplicationContext application, String broker) {
        TopicGroups groups = application.getBean(TopicGroups.class);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(groups.list())
                        .filteredOn(each -> each.broker().equals(broker))
                        .isNotEmpty()
                        .allMatch(each -> each.messages() == 0));
    }

    /** The next events, in transactions of ten. */
    private void publish(ConfigurableApplicationContext publisher) {
        EventPublisher events = publisher.getBean(EventPublisher.class);
        TransactionTemplate transaction = new TransactionTemplate(publisher.getBean(PlatformTransactionManager.class));
        for (int i = 0; i < BATCH; i += 10) {
            transaction.executeWithoutResult(status -> IntStream.range(0, 10)
                    .map(any -> published.getAndIncrement())
                    .forEach(number -> events.publish(new Counted("key-" + number % KEYS, number))));
        }
    }

    private List<Counted> handled() {
        return JdbcClient.create(new DriverManagerDataSource(handling))
                .sql("select key, number from handled order by position")
                .query(Counted.class)
                .list();
    }

    private static List<String> groups(ConfigurableApplicationContext application) {
        return application.getBean(TopicGroups.class).list().stream()
                .map(each -> each.topic() + " " + each.group() + " " + each.broker())
                .toList();
    }

    private ConfigurableApplicationContext publisher(String broker, String drainFrom, String... more) {
        return start(new SpringApplicationBuilder(Publishing.class), publishing, broker, drainFrom, more);
    }

    private ConfigurableApplicationContext handler(int members, String broker, String drainFrom, String... more) {
        return start(
                new SpringApplicationBuilder(Handling.class)
                        .properties("messaging.subscriptions." + topic + ".sum.members=" + members),
                handling,
                broker,
                drainFrom,
                more);
    }

    private ConfigurableApplicationContext start(
            SpringApplicationBuilder builder, String database, String broker, String drainFrom, String... more) {
        RabbitServer rabbit = RabbitServer.find();
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "--messaging.broker=" + broker,
                "--messaging.drain-from=" + drainFrom,
                "--messaging.topics." + topic + ".groups=sum",
                "--test.topic=" + topic,
                "--spring.datasource.url=" + database,
                "--spring.datasource.hikari.maximum-pool-size=6",
                "--spring.kafka.bootstrap-servers=" + KafkaServer.find().bootstrapServers(),
                "--messaging.kafka.replication-factor=1",
                "--spring.rabbitmq.host=" + rabbit.host(),
                "--spring.rabbitmq.port=" + rabbit.port(),
                "--spring.rabbitmq.username=" + rabbit.user(),
                "--spring.rabbitmq.password=" + rabbit.password()));
        var application =
                builder.web(WebApplicationType.NONE).bannerMode(Banner.Mode.OFF).run(arguments.toArray(String[]::new));
        running.add(application);
        return application;
    }

    record Counted(String key, int number) {}

    @Configuration
    @EnableAutoConfiguration
    static class Publishing {

        @Bean
        EventType<Counted> counted(@Value("${test.topic}") String topic) {
            return EventType.of(Counted.class, TYPE, topic, Counted::key);
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Handling {

        @Bean
        EventSubscription sum(@Value("${test.topic}") String topic, JdbcClient jdbc) {
            return EventSubscription.of(topic, "sum")
                    .on(
                            Counted.class,
                            TYPE,
                            (event, context) -> jdbc.sql("insert into handled (key, number) values (?, ?)")
                                    .params(event.key(), event.number())
                                    .update());
        }
    }
}
