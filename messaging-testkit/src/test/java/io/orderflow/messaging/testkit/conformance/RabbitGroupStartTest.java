package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.MissedMessagesException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where new groups start on RabbitMQ, which keeps no messages for them. Each broker here stands for a process. */
class RabbitGroupStartTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final String name = "start-" + UUID.randomUUID();
    private final Topic topic = Topic.named(name).withPartitions(1);
    private final RabbitAdmin admin = new RabbitAdmin(new CachingConnectionFactory(SERVER.uri()));
    private final List<RabbitBroker> processes = new ArrayList<>();

    @AfterEach
    void cleanUp() {
        processes.forEach(RabbitBroker::close);
        Stream.of("first", "second").forEach(group -> {
            admin.deleteQueue(queue(group));
            admin.deleteExchange(name + "." + group + ".members");
        });
        deleteExchanges();
        admin.deleteExchange(name + ":sent-to");
        ((CachingConnectionFactory) admin.getRabbitTemplate().getConnectionFactory()).destroy();
    }

    @Test
    void a_new_group_that_has_missed_messages_is_refused_and_nothing_is_declared() {
        RabbitBroker sender = process();
        sender.declare(topic, "first");
        send(sender, "past");

        assertThatThrownBy(() -> member(process(), "second", StartPosition.EARLIEST))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("messaging.subscriptions." + name + ".second.start=latest")
                .hasMessageContaining("messaging.topics." + name + ".groups");
        assertThat(admin.getQueueProperties(queue("second"))).isNull();

        try (var member = member(process(), "second", StartPosition.LATEST)) {
            send(sender, "new");
            assertThat(poll(member)).containsExactly("new");
        }
    }

    @Test
    void an_application_with_a_new_group_that_has_missed_messages_does_not_start() {
        RabbitBroker sender = process();
        sender.declare(topic, "first");
        send(sender, "past");

        assertThatThrownBy(() -> startApplication(StartPosition.EARLIEST))
                .rootCause()
                .isInstanceOf(MissedMessagesException.class)
                .hasMessageContaining("messaging.subscriptions." + name + ".second.start=latest");
        assertThat(admin.getQueueProperties(queue("second"))).isNull();

        startApplication(StartPosition.LATEST).close();
    }

    @Test
    void a_group_that_was_declared_before_the_first_message_starts_with_it() {
        RabbitBroker sender = process();
        sender.declare(topic, "first", "second");
        send(sender, "past");

        try (var member = member(process(), "second", StartPosition.EARLIEST)) {
            assertThat(poll(member)).containsExactly("past");
        }
    }

    @Test
    void a_queue_that_was_deleted_while_a_member_consumed_it_is_declared_again() {
        RabbitBroker process = process();
        try (var member = member(process, "first", StartPosition.EARLIEST)) {
            send(process, "past");
            assertThat(poll(member)).containsExactly("past");
            admin.deleteQueue(queue("first"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThatThrownBy(() -> member.poll(Duration.ofMillis(100)))
                            .isInstanceOf(MessagingException.class));
        }
        try (var next = member(process, "first", StartPosition.EARLIEST)) {
            send(process, "new");
            assertThat(poll(next)).containsExactly("new");
        }
    }

    @Test
    void a_deleted_topic_accepts_every_group_again() {
        RabbitBroker sender = process();
        sender.declare(topic, "first");
        send(sender, "past");
        admin.deleteQueue(queue("first"));
        deleteExchanges();

        try (var first = member(process(), "first", StartPosition.EARLIEST);
                var second = member(process(), "second", StartPosition.EARLIEST)) {
            send(process(), "new");
            assertThat(poll(first)).containsExactly("new");
            assertThat(poll(second)).containsExactly("new");
        }
    }

    private ConfigurableApplicationContext startApplication(StartPosition start) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--messaging.broker=rabbitmq",
                        "--spring.rabbitmq.addresses=" + SERVER.uri(),
                        "--messaging.topics." + name + ".partitions=1",
                        "--messaging.subscriptions." + name + ".second.start=" + start,
                        "--messaging.database.enabled=false",
                        "--spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                        "--test.topic=" + name);
    }

    record Placed(String orderId) {}

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        EventSubscription subscription(@Value("${test.topic}") String topic) {
            return EventSubscription.of(topic, "second").on(Placed.class, "order.placed.v1", (placed, context) -> {});
        }
    }

    private RabbitBroker process() {
        RabbitBroker broker =
                new RabbitBroker(new CachingConnectionFactory(SERVER.uri()), RabbitMessagingProperties.defaults());
        processes.add(broker);
        return broker;
    }

    private MessageConsumer<String, byte[]> member(RabbitBroker process, String group, StartPosition start) {
        process.declare(topic);
        var member = process.consumer(group, ConsumerOptions.defaults().withStart(start));
        member.subscribe(List.of(topic));
        return member;
    }

    private void send(RabbitBroker process, String value) {
        process.declare(topic);
        try (var producer = process.producer()) {
            producer.send(topic, new Message<>("key", value.getBytes(UTF_8), Map.of(), Instant.now()));
        }
    }

    private static List<String> poll(MessageConsumer<String, byte[]> member) {
        List<String> polled = member.poll(LONG).stream()
                .map(delivery -> new String(delivery.message().value(), UTF_8))
                .toList();
        member.commit();
        return polled;
    }

    private String queue(String group) {
        return name + "." + group + ".0";
    }

    private void deleteExchanges() {
        Stream.of("", ".groups", ".unpartitioned-of-1").forEach(suffix -> admin.deleteExchange(name + suffix));
    }
}
