package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.testkit.faults.TcpProxy;
import io.orderflow.messaging.testkit.servers.KafkaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A Kafka that is silent, a client of it that hangs, a topic that is only just there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KafkaTroubleTest {

    private static final KafkaServer SERVER = KafkaServer.find();
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(3);

    /** The client is given some seconds more to give up by itself, and some to close. */
    private static final Duration GIVEN_UP = SEND_TIMEOUT.plusSeconds(14);

    private final String topic = "trouble-" + UUID.randomUUID();

    @Test
    void many_messages_in_a_silence_fail_together_and_not_one_after_the_other() {
        try (TcpProxy network = SERVER.proxy();
                KafkaBroker broker = broker("localhost:" + network.port(), Map.of());
                MessageProducer<String, byte[]> producer = broker.producer()) {
            broker.declare(Topic.named(topic));
            producer.sendBatch(topic, messages(10, 10));

            network.blackhole();

            assertGivenUp(producer, messages(5_000, 100));
        }
    }

    @Test
    void a_client_that_hangs_is_given_up_however_many_messages_it_has() throws Exception {
        HangingInterceptor.goOn = new CountDownLatch(1);
        try (KafkaBroker broker = broker(
                        SERVER.bootstrapServers(),
                        Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, HangingInterceptor.class.getName()));
                MessageProducer<String, byte[]> producer = broker.producer();
                AutoCloseable awakened = HangingInterceptor.goOn::countDown) {
            broker.declare(Topic.named(topic));

            assertGivenUp(producer, messages(100, 10));
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

                assertThatCode(() -> producer.sendBatch(fresh, messages(200, 5_000)))
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

    private static MessageConsumer<String, byte[]> member(MessageBroker broker, String name) {
        MessageConsumer<String, byte[]> member = broker.consumer("group", ConsumerOptions.defaults());
        member.subscribe(List.of(name));
        return member;
    }

    private void assertGivenUp(MessageProducer<String, byte[]> producer, List<Message<String, byte[]>> messages) {
        assertThat(CompletableFuture.runAsync(
                        () -> producer.sendBatch(topic, messages), task -> new Thread(task, "sending").start()))
                .failsWithin(GIVEN_UP)
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
