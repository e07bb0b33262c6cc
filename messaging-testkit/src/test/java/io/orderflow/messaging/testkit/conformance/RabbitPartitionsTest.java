package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.messaging.testkit.conformance.RabbitGroupFixture.Member;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** How members of a group share a topic's partitions on RabbitMQ, and what foreign clients can send and bind. */
class RabbitPartitionsTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PARTITIONS = 6;

    /** A key of each partition. */
    private static final List<String> KEYS = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> "key" + i)
                    .filter(key -> KeyPartition.of(key, PARTITIONS) == partition)
                    .findFirst()
                    .orElseThrow())
            .toList();

    private final String topic = "partitions-" + UUID.randomUUID();
    private final Set<String> handled = new LinkedHashSet<>();
    private CachingConnectionFactory connections;
    private RabbitBroker broker;
    private MessageProducer<String, byte[]> producer;
    private RabbitGroupFixture group;
    private Channel admin;
    private int sent;

    @BeforeEach
    void connect() throws Exception {
        connections = new CachingConnectionFactory(SERVER.uri());
        broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
        broker.declare(Topic.named(topic), "group");
        producer = broker.producer();
        group = new RabbitGroupFixture(SERVER.uri(), topic, 5);
        admin = connections.createConnection().getDelegate().createChannel();
    }

    @AfterEach
    void cleanUp() throws Exception {
        group.close();
        RabbitTopics.delete(connections, Topic.named(topic), "group");
        broker.close();
    }

    @Test
    void partitions_are_rebalanced_evenly_when_members_join_leave_or_crash() {
        group.join();
        awaitShares(6);
        group.join();
        awaitShares(3, 3);
        Member third = group.join();
        awaitShares(2, 2, 2);
        group.join();
        awaitShares(1, 1, 2, 2);

        third.crash();
        sendOneOfEach();
        await("others consume the crashed member's partitions").atMost(PATIENCE).until(this::allHandled);
        awaitShares(2, 2, 2);
        group.members().get(0).leave();
        awaitShares(3, 3);
    }

    @Test
    void each_key_keeps_its_order_while_members_join_leave_and_crash() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> log = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(24)) {
                case 0 -> {
                    if (group.members().size() < 4) {
                        group.join();
                    }
                }
                case 1 -> group.any(random).ifPresent(Member::leave);
                case 2 -> group.any(random).ifPresent(Member::crash);
                case 3, 4, 5, 6 -> sendOneOfEach();
                case 7, 8, 9, 10, 11, 12 -> group.any(random).ifPresent(member -> log.addAll(member.commit()));
                default -> group.any(random).ifPresent(Member::poll);
            }
        }
        group.members().forEach(Member::leave);
        Member last = group.join();
        await().atMost(PATIENCE).until(() -> {
            last.poll();
            log.addAll(last.commit());
            return Set.copyOf(log).size() == sent * PARTITIONS;
        });

        List<String> firstDeliveries = new ArrayList<>(new LinkedHashSet<>(log));
        for (String key : KEYS) {
            assertThat(firstDeliveries)
                    .as("messages of %s, with -Dseed=%d", key, seed)
                    .filteredOn(text -> text.startsWith(key + ":"))
                    .isEqualTo(IntStream.range(0, sent)
                            .mapToObj(i -> key + ":" + i)
                            .toList());
        }
        assertThat(log)
                .as("committed messages are delivered once, with -Dseed=%d", seed)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_member_with_uncommitted_messages_keeps_the_partition() {
        Member first = group.join();
        group.join();
        awaitShares(3, 3);
        String key = KEYS.get(partitionOf(first));
        List<Message<String, byte[]>> messages = IntStream.range(0, 60)
                .mapToObj(i -> message(key, key + ":" + i))
                .toList();
        producer.sendBatch(Topic.named(topic), messages);

        List<String> seen = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            seen.addAll(first.pollMore());
            group.members().get(1).poll();
            return seen.size() == 60;
        });
        assertThat(group.members().get(1).queues()).isEmpty();
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 60).mapToObj(i -> key + ":" + i).toList());

        first.commit();
        awaitShares(3, 3);
    }

    @Test
    void a_foreign_message_without_a_partition_is_delivered_from_partition_0() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);
        admin.basicPublish(topic, "order.created.standard", new BasicProperties(), body);
        admin.basicPublish(topic, "", toPartition(6), body); // there is none
        admin.basicPublish(topic, "", toPartition(5), body);

        try (var member = broker.consumer("group", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named(topic)));
            List<String> positions = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                member.poll(PATIENCE).forEach(delivery -> positions.add(delivery.position()));
                return positions.size() == 3;
            });
            assertThat(positions)
                    .containsExactlyInAnyOrder(topic + ".group.0#1", topic + ".group.0#2", topic + ".group.5#1");
        }
    }

    private static BasicProperties toPartition(int partition) {
        List<String> queues = List.of("messaging.partition." + partition);
        return new BasicProperties.Builder().headers(Map.of("CC", queues)).build();
    }

    @Test
    void a_foreign_queue_can_be_bound_by_routing_key() throws Exception {
        String queue = admin.queueDeclare("", false, true, true, null).getQueue();
        admin.queueBind(queue, topic, "order.created.*");

        producer.send(
                Topic.named(topic), message("key", "express").withHeader(Headers.ROUTING_KEY, "order.created.express"));
        producer.send(Topic.named(topic), message("key", "other").withHeader(Headers.ROUTING_KEY, "order.cancelled"));

        GetResponse response = admin.basicGet(queue, true);
        assertThat(response.getBody()).asString(UTF_8).isEqualTo("express");
        assertThat(response.getEnvelope().getRoutingKey()).isEqualTo("order.created.express");
        assertThat(admin.basicGet(queue, true)).isNull();
    }

    /** Polls until the members, in some order, have read from so many partitions each and no message is left. */
    private void awaitShares(Integer... shares) {
        await("partitions of each member: " + List.of(shares)).atMost(PATIENCE).until(() -> {
            group.members().forEach(Member::queues);
            sendOneOfEach();
            await().atMost(PATIENCE).until(this::allHandled);
            return group.members().stream()
                    .map(member -> member.queues().size())
                    .sorted()
                    .toList()
                    .equals(List.of(shares));
        });
    }

    private boolean allHandled() {
        group.members().forEach(Member::poll);
        group.members().forEach(member -> handled.addAll(member.commit()));
        return handled.size() == sent * PARTITIONS;
    }

    private int partitionOf(Member member) {
        sendOneOfEach();
        TreeSet<String> queues = new TreeSet<>();
        await().atMost(PATIENCE).until(() -> {
            boolean all = allHandled();
            queues.addAll(member.queues());
            return all && !queues.isEmpty();
        });
        group.members().forEach(Member::queues);
        return Integer.parseInt(queues.first().replaceFirst(".*\\.", ""));
    }

    private void sendOneOfEach() {
        producer.sendBatch(
                Topic.named(topic),
                KEYS.stream().map(key -> message(key, key + ":" + sent)).toList());
        sent++;
    }

    private static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(UTF_8), Map.of(), Instant.now());
    }
}
