package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A Kafka that does not respond, a client that hangs, a topic that was just created. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class KafkaOutageTest {

    private static final KafkaServer SERVER = KafkaServer.find();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(3);

    /** Includes the time in which the client fails by itself, and the time to close it. */
    private static final Duration FAILED_WITHIN = SEND_TIMEOUT.plusSeconds(14);

    private final String topic = "outage-" + UUID.randomUUID();

    @Test
    void all_messages_of_a_batch_fail_together_when_no_broker_responds() {
        try (TcpProxy network = SERVER.proxy();
                KafkaBroker broker = broker("localhost:" + network.port(), Map.of());
                MessageProducer<String, byte[]> producer = broker.producer()) {
            broker.declare(Topic.named(topic));
            producer.sendBatch(Topic.named(topic), messages(10, 10));

            network.blackhole();

            assertFailsInTime(producer, messages(5_000, 100));
        }
    }

    @Test
    void a_client_that_hangs_is_closed_with_any_number_of_messages() throws Exception {
        HangingInterceptor.goOn = new CountDownLatch(1);
        try (KafkaBroker broker = broker(
                        SERVER.bootstrapServers(),
                        Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, HangingInterceptor.class.getName()));
                MessageProducer<String, byte[]> producer = broker.producer();
                AutoCloseable awakened = HangingInterceptor.goOn::countDown) {
            broker.declare(Topic.named(topic));

            assertFailsInTime(producer, messages(100, 10));
        }
    }

    @Test
    void the_first_messages_of_a_new_topic_are_accepted() {
        try (KafkaBroker broker = new KafkaBroker(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, SERVER.bootstrapServers()),
                        KafkaMessagingProperties.defaults());
                MessageProducer<String, byte[]> producer = broker.producer()) {
            for (int i = 0; i < 10; i++) {
                String fresh = topic + "-" + i;
                broker.declare(Topic.named(fresh));

                assertThatCode(() -> producer.sendBatch(Topic.named(fresh), messages(200, 5_000)))
                        .as("batches of many partitions, sent at once to %s", fresh)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void subscriptions_of_one_group_to_different_topics_do_not_share_a_consumer_group() throws Exception {
        List<String> names = List.of(topic + "-a", topic + "-b");
        Map<String, Object> connection = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, SERVER.bootstrapServers());
        try (KafkaBroker broker = new KafkaBroker(connection, KafkaMessagingProperties.defaults());
                MessageConsumer<String, byte[]> one = member(broker, names.get(0));
                MessageConsumer<String, byte[]> other = member(broker, names.get(1));
                Admin admin = Admin.create(connection)) {
            List<String> groups = names.stream().map(name -> name + ".group").toList();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                one.poll(Duration.ofMillis(100));
                other.poll(Duration.ofMillis(100));
                assertThat(admin.describeConsumerGroups(groups).all().get().values())
                        .hasSize(2)
                        .allSatisfy(group -> assertThat(group.members()).hasSize(1));
            });
        }
    }

    @Test
    void an_outage_is_reported_where_nothing_is_sent(CapturedOutput log) {
        try (TcpProxy network = SERVER.proxy();
                KafkaBroker broker = broker("localhost:" + network.port(), Map.of())) {
            AtomicInteger handled = new AtomicInteger();
            EventSubscription subscription = EventSubscription.of(topic, "group")
                    .on(Map.class, "test.v1", (event, context) -> handled.incrementAndGet())
                    .reading(ConsumerOptions.defaults().withMemberTimeout(Duration.ofSeconds(6)));
            Pipeline pipeline = new Pipeline(
                    new DirectRecoverer(broker.producer()),
                    PipelineFeatures.NONE,
                    new SimpleMeterRegistry(),
                    InstantSource.system());
            Consumers consumers = new Consumers(
                    Brokers.only(broker), new TopicCatalog(Map.of()), pipeline, List.of(subscription), List.of());
            consumers.start();
            try (MessageProducer<String, byte[]> producer =
                    broker(SERVER.bootstrapServers(), Map.of()).producer()) {
                Message<String, byte[]> event = new Message<>(
                        "key", "{}".getBytes(StandardCharsets.UTF_8), Map.of(Headers.TYPE, "test.v1"), Instant.now());
                producer.send(Topic.named(topic), event);
                await().atMost(LONG).until(() -> handled.get() == 1);
                awaitCommit(topic + ".group"); // or the outage would be reported by the commit that it interrupts

                network.refuse();
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(log)
                                .contains(
                                        "The broker is unavailable for " + topic + "-group-1", "Kafka is unavailable"));

                network.heal();
                producer.send(Topic.named(topic), event);
                await().atMost(LONG).until(() -> handled.get() == 2);
                await().atMost(LONG).untilAsserted(() -> assertThat(log).contains("The broker works again"));
            } finally {
                consumers.stop();
            }
        }
    }

    private static void awaitCommit(String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVER.bootstrapServers()))) {
            await().atMost(LONG)
                    .until(() ->
                            admin
                                    .listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .values()
                                    .stream()
                                    .anyMatch(committed -> committed != null && committed.offset() > 0));
        }
    }

    @Test
    void each_client_has_an_id_of_its_own_though_the_application_states_one() throws Exception {
        String id = "shop-" + topic;
        try (KafkaBroker broker = broker(SERVER.bootstrapServers(), Map.of(CommonClientConfigs.CLIENT_ID_CONFIG, id));
                MessageConsumer<String, byte[]> one = member(broker, topic);
                MessageConsumer<String, byte[]> other = member(broker, topic);
                MessageProducer<String, byte[]> producer = broker.producer();
                MessageProducer<String, byte[]> another = broker.producer()) {
            producer.sendBatch(Topic.named(topic), messages(1, 1));
            another.sendBatch(Topic.named(topic), messages(1, 1));

            assertThat(clients("consumer", id)).hasSize(2);
            assertThat(clients("producer", id)).hasSize(2);
            assertThat(clients("admin.client", id)).hasSize(1).noneMatch(id::equals);
        }
    }

    /** As they are registered with the JVM, where metrics are read. */
    private static List<String> clients(String kind, String idPrefix) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka." + kind + ":type=app-info,id=" + idPrefix + "*"), null)
                .stream()
                .map(name -> name.getKeyProperty("id"))
                .toList();
    }

    private static MessageConsumer<String, byte[]> member(MessageBroker broker, String name) {
        MessageConsumer<String, byte[]> member = broker.consumer("group", ConsumerOptions.defaults());
        member.subscribe(List.of(Topic.named(name)));
        return member;
    }

    private void assertFailsInTime(MessageProducer<String, byte[]> producer, List<Message<String, byte[]>> messages) {
        assertThat(CompletableFuture.runAsync(
                        () -> producer.sendBatch(Topic.named(topic), messages),
                        task -> new Thread(task, "sending").start()))
                .failsWithin(FAILED_WITHIN)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(MessagingException.class);
    }

    private static KafkaBroker broker(String address, Map<String, Object> settings) {
        Map<String, Object> connection = new HashMap<>(settings);
        connection.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, address);
        return new KafkaBroker(connection, new KafkaMessagingProperties(null, SEND_TIMEOUT));
    }

    private static List<Message<String, byte[]>> messages(int number, int bytes) {
        byte[] value = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(value);
        return IntStream.range(0, number)
                .mapToObj(i -> new Message<>("key-" + i, value, Map.<String, String>of(), Instant.now()))
                .toList();
    }

    /** Holds up the client's only thread at the first acknowledgement: no other message's fate becomes known. */
    public static final class HangingInterceptor implements ProducerInterceptor<String, byte[]> {

        private static CountDownLatch goOn = new CountDownLatch(0);

        @Override
        public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> message) {
            return message;
        }

        @Override
        public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void configure(Map<String, ?> settings) {}

        @Override
        public void close() {}
    }
}
