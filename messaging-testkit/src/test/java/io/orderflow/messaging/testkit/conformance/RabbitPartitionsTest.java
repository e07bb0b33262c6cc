package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.messaging.testkit.conformance.RabbitCrew.Worker;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** How members of a group share a topic's partitions on RabbitMQ, and who else can send to them. */
class RabbitPartitionsTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(20);
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
    private RabbitCrew crew;
    private Channel admin;
    private int sent;

    @BeforeEach
    void connect() throws Exception {
        connections = new CachingConnectionFactory(SERVER.uri());
        broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
        broker.declare(Topic.named(topic), "group");
        producer = broker.producer();
        crew = new RabbitCrew(SERVER.uri(), topic, 5);
        admin = connections.createConnection().getDelegate().createChannel();
    }

    @AfterEach
    void cleanUp() throws Exception {
        crew.close();
        Channel channel = connections.createConnection().getDelegate().createChannel();
        for (String suffix : List.of("", ".groups", ".unpartitioned-of-6", ".group.members")) {
            channel.exchangeDelete(topic + suffix);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            channel.queueDelete(topic + ".group." + partition);
        }
        broker.close();
    }

    @Test
    void membersShareThePartitionsAndShareAgainWhenOneComesOrDies() {
        crew.hire();
        assertShares(6);
        crew.hire();
        assertShares(3, 3);
        Worker third = crew.hire();
        assertShares(2, 2, 2);
        crew.hire();
        assertShares(1, 1, 2, 2);

        third.die();
        sendOneOfEach();
        await("the dead member's partitions are read by others").atMost(LONG).until(this::allIsHandled);
        assertShares(2, 2, 2);
        crew.workers().get(0).leave();
        assertShares(3, 3);
    }

    @Test
    void eachKeyStaysInOrderWhileMembersComeAndGo() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> log = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(24)) {
                case 0 -> {
                    if (crew.workers().size() < 4) {
                        crew.hire();
                    }
                }
                case 1 -> any(random).ifPresent(Worker::leave);
                case 2 -> any(random).ifPresent(Worker::die);
                case 3, 4, 5, 6 -> sendOneOfEach();
                case 7, 8, 9, 10, 11, 12 -> any(random).ifPresent(worker -> log.addAll(worker.finish()));
                default -> any(random).ifPresent(Worker::take);
            }
        }
        crew.workers().forEach(Worker::leave);
        Worker last = crew.hire();
        await().atMost(LONG).until(() -> {
            last.take();
            log.addAll(last.finish());
            return Set.copyOf(log).size() == sent * PARTITIONS;
        });

        List<String> firstAppearances = new ArrayList<>(new LinkedHashSet<>(log));
        for (String key : KEYS) {
            assertThat(firstAppearances)
                    .as("messages of %s, with -Dseed=%d", key, seed)
                    .filteredOn(text -> text.startsWith(key + ":"))
                    .isEqualTo(IntStream.range(0, sent)
                            .mapToObj(i -> key + ":" + i)
                            .toList());
        }
        assertThat(log)
                .as("what was handled and committed came once, with -Dseed=%d", seed)
                .doesNotHaveDuplicates();
    }

    @Test
    void whoPollsOnWithoutACommitKeepsThePartitionThoughOthersWait() {
        Worker first = crew.hire();
        crew.hire();
        assertShares(3, 3);
        String key = KEYS.get(partitionOf(first));
        List<Message<String, byte[]>> messages = IntStream.range(0, 60)
                .mapToObj(i -> message(key, key + ":" + i))
                .toList();
        producer.sendBatch(Topic.named(topic), messages);

        List<String> seen = new ArrayList<>();
        await().atMost(LONG).until(() -> {
            seen.addAll(first.takeMore());
            crew.workers().get(1).take();
            return seen.size() == 60;
        });
        assertThat(crew.workers().get(1).queues()).isEmpty();
        assertThat(seen)
                .isEqualTo(IntStream.range(0, 60).mapToObj(i -> key + ":" + i).toList());

        first.finish();
        assertShares(3, 3);
    }

    @Test
    void aForeignMessageWithoutAPartitionArrivesInPartition0() throws Exception {
        byte[] body = "{}".getBytes(UTF_8);
        admin.basicPublish(topic, "order.created.standard", new BasicProperties(), body);
        var toNowhere = new BasicProperties.Builder()
                .headers(Map.of("CC", List.of("messaging.partition.6")))
                .build();
        admin.basicPublish(topic, "", toNowhere, body);
        var toTheFifth = new BasicProperties.Builder()
                .headers(Map.of("CC", List.of("messaging.partition.5")))
                .build();
        admin.basicPublish(topic, "", toTheFifth, body);

        try (var member = broker.consumer("group", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named(topic)));
            List<String> positions = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                member.poll(LONG).forEach(delivery -> positions.add(delivery.position()));
                return positions.size() == 3;
            });
            assertThat(positions)
                    .containsExactlyInAnyOrder(topic + ".group.0#1", topic + ".group.0#2", topic + ".group.5#1");
        }
    }

    @Test
    void aForeignQueueIsBoundByRoutingKeyAsBefore() throws Exception {
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

    @Test
    void anotherNumberOfPartitionsIsRefusedWithBothNumbers() {
        try (RabbitBroker other = other()) {
            assertThatThrownBy(() -> other.declare(Topic.named(topic).withPartitions(8)))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("'" + topic + "' has 6 partitions")
                    .hasMessageContaining("declares it with 8");
        }
    }

    @Test
    void aSenderThatDeclaresNothingIsToldOfAnotherNumberOfPartitions() throws Exception {
        String eight = topic + "-eight";
        broker.declare(Topic.named(eight).withPartitions(8));
        try (RabbitBroker other = other();
                var unaware = other.producer()) {
            assertThatThrownBy(() -> unaware.send(Topic.named(eight), message("key", "value")))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("'" + eight + "' has 8 partitions")
                    .hasMessageContaining("declares it with 6");
        } finally {
            for (String suffix : List.of("", ".groups", ".unpartitioned-of-8")) {
                admin.exchangeDelete(eight + suffix);
            }
        }
    }

    @Test
    void aKeyedTopicIsNoWorkQueue() {
        try (RabbitBroker other = other()) {
            assertThatThrownBy(() -> other.declare(Topic.named(topic).asWorkQueue(), "group"))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("'" + topic + "' is a keyed topic")
                    .hasMessageContaining("work queue");
        }
    }

    @Test
    void namesThatAreTooLongTogetherAreRefusedInASentence() {
        assertThatThrownBy(() -> broker.declare(Topic.named(topic), "g".repeat(220)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining(topic)
                .hasMessageContaining("255");
    }

    /** Works until each member, in some order, has read from so many partitions and no message is left. */
    private void assertShares(Integer... shares) {
        await("partitions of each member: " + List.of(shares)).atMost(LONG).until(() -> {
            crew.workers().forEach(Worker::queues);
            sendOneOfEach();
            await().atMost(LONG).until(this::allIsHandled);
            return crew.workers().stream()
                    .map(worker -> worker.queues().size())
                    .sorted()
                    .toList()
                    .equals(List.of(shares));
        });
    }

    private boolean allIsHandled() {
        crew.workers().forEach(Worker::take);
        crew.workers().forEach(worker -> handled.addAll(worker.finish()));
        return handled.size() == sent * PARTITIONS;
    }

    private int partitionOf(Worker worker) {
        sendOneOfEach();
        TreeSet<String> queues = new TreeSet<>();
        await().atMost(LONG).until(() -> {
            boolean all = allIsHandled();
            queues.addAll(worker.queues());
            return all && !queues.isEmpty();
        });
        crew.workers().forEach(Worker::queues);
        String queue = queues.first();
        return Integer.parseInt(queue.substring(queue.lastIndexOf('.') + 1));
    }

    private Optional<Worker> any(Random random) {
        List<Worker> workers = crew.workers();
        return workers.isEmpty() ? Optional.empty() : Optional.of(workers.get(random.nextInt(workers.size())));
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

    private static RabbitBroker other() {
        return new RabbitBroker(new CachingConnectionFactory(SERVER.uri()), RabbitMessagingProperties.defaults());
    }
}
