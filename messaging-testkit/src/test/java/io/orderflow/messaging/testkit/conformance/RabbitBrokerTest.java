package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** What is specific to RabbitMQ: requeueing, deleted topology, frames, foreign messages. */
class RabbitBrokerTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String KEY = "key";

    private final String topic = "broker-" + UUID.randomUUID();
    private CachingConnectionFactory connections;
    private RabbitBroker broker;
    private Channel admin;

    @BeforeEach
    void connect() throws Exception {
        connections = new CachingConnectionFactory(SERVER.uri());
        broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
        admin = connections.createConnection().getDelegate().createChannel();
    }

    @AfterEach
    void deleteTopicAndDisconnect() throws Exception {
        RabbitTopics.delete(connections, Topic.named(topic), "group");
        broker.close();
    }

    @Test
    void uncommitted_messages_of_a_closed_member_are_redelivered_first_and_in_order() {
        broker.declare(Topic.named(topic), "group");
        send(IntStream.range(0, 1000).mapToObj(i -> "m" + i).toArray(String[]::new));

        for (int round = 0; round < 20; round++) {
            try (var member = member()) {
                List<String> seen = new ArrayList<>();
                while (seen.size() < 100) {
                    seen.addAll(poll(member));
                }
                for (int i = 0; i < seen.size(); i++) {
                    assertThat(seen.get(i))
                            .as("message %d in round %d", i, round)
                            .isEqualTo("m" + i);
                }
            }
        }
    }

    @Test
    void messages_in_transit_after_a_commit_are_redelivered_in_order_after_a_close() {
        broker.declare(Topic.named(topic), "group");
        int rounds = Integer.getInteger("rounds", 50);
        send(IntStream.range(0, 5 * rounds + 20).mapToObj(i -> "m" + i).toArray(String[]::new));

        int next = 0;
        for (int round = 0; round < rounds; round++) {
            try (var member = member(5)) {
                for (String seen : poll(member)) {
                    assertThat(seen).as("in round %d", round).isEqualTo("m" + next++);
                }
                member.commit();
            }
        }
    }

    @Test
    void several_polls_without_a_commit_are_redelivered_in_order_after_a_close() {
        broker.declare(Topic.named(topic), "group");
        send(IntStream.range(0, 200).mapToObj(i -> "m" + i).toArray(String[]::new));

        for (int round = 0; round < 10; round++) {
            try (var member = member(5)) {
                for (int next = 0; next < 150; ) {
                    for (String seen : poll(member)) {
                        assertThat(seen).as("in round %d", round).isEqualTo("m" + next++);
                    }
                }
            }
        }
    }

    @Test
    void sending_to_a_topic_without_any_group_fails() {
        broker.declare(Topic.named(topic));

        assertThatThrownBy(() -> send("lost?"))
                .isInstanceOf(MessagingException.class)
                .isNotInstanceOf(MessageRejectedException.class)
                .hasMessageContaining("no group")
                .hasMessageContaining(topic);
    }

    @Test
    void sending_to_a_topic_that_was_never_declared_names_it() {
        assertThatThrownBy(() -> send("lost?"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("'" + topic + "'");
    }

    @Test
    void a_removed_binding_is_restored_and_sending_again_succeeds() throws Exception {
        broker.declare(Topic.named(topic), "group");
        try (var producer = broker.producer();
                var member = member()) {
            admin.exchangeUnbind(topic + ".groups", topic, "#");

            assertThatThrownBy(() -> producer.send(Topic.named(topic), message("one")))
                    .isInstanceOf(MessagingException.class);
            producer.send(Topic.named(topic), message("one"));

            assertThat(poll(member)).containsExactly("one");
        }
    }

    @Test
    void a_deleted_topic_is_restored_and_sending_again_succeeds() throws Exception {
        broker.declare(Topic.named(topic), "group");
        try (var producer = broker.producer();
                var member = member()) {
            producer.send(Topic.named(topic), message("zero"));
            admin.exchangeDelete(topic);

            assertThatThrownBy(() -> producer.send(Topic.named(topic), message("one")))
                    .isInstanceOf(MessagingException.class);
            producer.send(Topic.named(topic), message("one"));

            await().atMost(LONG).untilAsserted(() -> assertThat(poll(member)).contains("one"));
        }
    }

    @Test
    void a_deleted_queue_fails_the_next_poll_and_the_next_member_declares_it() throws Exception {
        try (var member = member()) {
            admin.queueDelete(queueOf(KEY));

            assertThatThrownBy(() -> member.poll(LONG))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining(queueOf(KEY));
        }
        try (var next = member()) {
            send("after");
            assertThat(poll(next)).containsExactly("after");
        }
    }

    @Test
    void messages_of_a_lost_connection_are_redelivered_to_the_next_member() {
        broker.declare(Topic.named(topic), "group");
        send("one", "two");
        try (var member = member()) {
            assertThat(poll(member)).isNotEmpty();
            connections.createConnection().getDelegate().abort();

            assertThatThrownBy(member::commit).isInstanceOf(MessagingException.class);
            assertThatThrownBy(() -> member.poll(LONG)).isInstanceOf(MessagingException.class);
        }
        try (var next = member()) {
            List<String> seen = new ArrayList<>();
            await().atMost(LONG).until(() -> seen.addAll(poll(next)) && seen.size() == 2);
            assertThat(seen).containsExactly("one", "two");
        }
    }

    @Test
    void a_queue_with_other_settings_is_named_with_what_to_do() throws Exception {
        admin.queueDeclare(queueOf(KEY), true, false, false, Map.of("x-queue-type", "classic"));

        assertThatThrownBy(() -> broker.declare(Topic.named(topic), "group"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("queue '" + queueOf(KEY) + "'")
                .hasMessageContaining("delete");
    }

    @Test
    void headers_that_exceed_a_frame_are_rejected_and_the_producer_can_be_used_further() {
        broker.declare(Topic.named(topic), "group");
        try (var producer = broker.producer();
                var member = member()) {
            Message<String, byte[]> huge = message("huge").withHeader("h", "x".repeat(131_000));

            assertThatThrownBy(() -> producer.send(Topic.named(topic), huge))
                    .isInstanceOf(MessageRejectedException.class);
            producer.send(Topic.named(topic), message("large").withHeader("h", "x".repeat(129_000)));

            assertThat(poll(member)).containsExactly("large");
        }
    }

    @Test
    void a_message_larger_than_the_broker_accepts_is_rejected() {
        broker.declare(Topic.named(topic), "group");
        Message<String, byte[]> huge = new Message<>("k", new byte[140 * 1024 * 1024], Map.of(), Instant.now());
        try (var producer = broker.producer()) {
            assertThatThrownBy(() -> producer.send(Topic.named(topic), huge))
                    .isInstanceOf(MessageRejectedException.class);
            producer.send(Topic.named(topic), message("next"));
        }
    }

    @Test
    void a_foreign_message_is_delivered_with_what_it_has() throws Exception {
        try (var member = member()) {
            admin.basicPublish(topic, "order.created.standard", new BasicProperties(), "{}".getBytes(UTF_8));

            Delivery<String, byte[]> delivery = member.poll(LONG).get(0);
            assertThat(delivery.message().headers())
                    .containsOnly(
                            Map.entry(Headers.ROUTING_KEY, "order.created.standard"),
                            Map.entry(Headers.TIMED_ON_ARRIVAL, "true"));
            assertThat(delivery.message().key()).isNull();
            assertThat(delivery.message().value()).asString(UTF_8).isEqualTo("{}");
            assertThat(delivery.position()).isEqualTo(topic + ".group.0#1");
        }
    }

    private String queueOf(String key) {
        return topic + ".group." + KeyPartition.of(key, Topic.DEFAULT_PARTITIONS);
    }

    private MessageConsumer<String, byte[]> member() {
        return member(ConsumerOptions.defaults().maxPollMessages());
    }

    private MessageConsumer<String, byte[]> member(int maxPollMessages) {
        var member = broker.consumer("group", ConsumerOptions.defaults().withMaxPollMessages(maxPollMessages));
        member.subscribe(List.of(Topic.named(topic)));
        return member;
    }

    private void send(String... values) {
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            producer.sendBatch(
                    Topic.named(topic),
                    List.of(values).stream().map(RabbitBrokerTest::message).toList());
        }
    }

    private static Message<String, byte[]> message(String value) {
        return new Message<>(KEY, value.getBytes(UTF_8), Map.of(), Instant.now());
    }

    private static List<String> poll(MessageConsumer<String, byte[]> member) {
        return member.poll(LONG).stream()
                .map(delivery -> new String(delivery.message().value(), UTF_8))
                .toList();
    }
}
