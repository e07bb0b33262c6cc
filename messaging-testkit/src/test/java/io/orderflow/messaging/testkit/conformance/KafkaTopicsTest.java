package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How topics are created on a Kafka of one broker, and what is reported of existing ones. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaTopicsTest {

    private static final Map<String, Object> CONNECTION =
            Map.of("bootstrap.servers", KafkaServer.find().bootstrapServers());

    private final String topic = "topics-" + UUID.randomUUID();

    @Test
    void a_topic_with_fewer_replicas_than_configured_is_reported_once(CapturedOutput log) throws Exception {
        create(new NewTopic(topic, 6, (short) 1));

        try (KafkaBroker broker = broker((short) 3)) {
            broker.declare(Topic.named(topic), "group");
            broker.declare(Topic.named(topic), "group");
        }

        assertThat(log.getAll().lines().filter(line -> line.contains(topic)))
                .singleElement()
                .asString()
                .contains("WARN", "1 replica(s) instead of 3", "messaging.kafka.replication-factor");
    }

    @Test
    void topics_created_while_few_brokers_are_available_are_reported(CapturedOutput log) {
        try (KafkaBroker broker = broker(null)) {
            broker.declare(Topic.named(topic), "group");
            broker.declare(Topic.named(topic + "-2"), "group");
        }

        assertThat(log.getAll().lines().filter(line -> line.contains(topic)))
                .singleElement()
                .asString()
                .contains("WARN", "created on 1 broker(s)", "messaging.kafka.replication-factor");
    }

    @Test
    void a_topic_with_the_configured_settings_is_not_reported(CapturedOutput log) {
        try (KafkaBroker broker = broker((short) 1)) {
            broker.declare(Topic.named(topic), "group");
        }
        try (KafkaBroker another = broker((short) 1)) {
            another.declare(Topic.named(topic), "group");
        }

        assertThat(log.getAll()).doesNotContain(topic);
    }

    /** Kafka's client logs an error for each request for the offsets of an unknown topic. */
    @Test
    void creating_topics_logs_no_error(CapturedOutput log) {
        try (KafkaBroker broker = broker((short) 1)) {
            for (int i = 0; i < 20; i++) {
                broker.declare(Topic.named(topic + "-" + i), "group");
            }
        }

        assertThat(log).doesNotContain("ERROR");
    }

    @Test
    void collected_dead_letters_are_kept_as_long_as_in_the_table() throws Exception {
        Topic letters = Topic.named(topic + ".group.dlq");
        try (KafkaBroker broker = broker((short) 1)) {
            broker.declare(letters.keptFor(Duration.ofDays(30)), "dead-letters");
            broker.declare(Topic.named(topic + ".other.dlq"), "dead-letters");
        }

        assertThat(setting(letters.name(), "retention.ms"))
                .isEqualTo(String.valueOf(Duration.ofDays(30).toMillis()));
        assertThat(setting(letters.name(), "segment.ms"))
                .isEqualTo(String.valueOf(Duration.ofDays(1).toMillis()));
        assertThat(setting(topic + ".other.dlq", "retention.ms"))
                .as("of dead letters that are not collected")
                .isEqualTo("-1");
    }

    @Test
    void dead_letters_with_another_retention_are_reported_and_not_deleted(CapturedOutput log) throws Exception {
        Topic letters = Topic.named(topic + ".group.dlq");
        try (KafkaBroker broker = broker((short) 1)) {
            broker.declare(letters, "dead-letters");
        }
        try (KafkaBroker another = broker((short) 1)) {
            another.declare(letters.keptFor(Duration.ofDays(30)), "dead-letters");
        }

        assertThat(log)
                .contains("'" + letters.name() + "' keeps messages for ever", "messaging.dead-letters.retention");
        assertThat(setting(letters.name(), "retention.ms")).isEqualTo("-1");
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(CONNECTION)) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value();
        }
    }

    /** Kafka deletes by a record's timestamp: with the event's own, this one would be gone at the next cleanup. */
    @Test
    void a_message_delayed_by_a_year_is_kept_as_long_as_any_other() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant lastYear = before.minus(365, ChronoUnit.DAYS);
        try (KafkaBroker broker = broker((short) 1);
                MessageProducer<String, byte[]> producer = broker.producer()) {
            broker.declare(Topic.named(topic).withPartitions(1), "group");
            producer.send(Topic.named(topic).withPartitions(1), new Message<>("key", new byte[0], Map.of(), lastYear));
        }

        try (Consumer<byte[], byte[]> reader =
                new KafkaConsumer<>(CONNECTION, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            ConsumerRecords<byte[], byte[]> records = reader.poll(Duration.ofSeconds(30));

            assertThat(records.iterator().next().timestamp()).isGreaterThanOrEqualTo(before.toEpochMilli());
        }
    }

    private static KafkaBroker broker(@Nullable Short replicationFactor) {
        return new KafkaBroker(
                CONNECTION,
                new KafkaMessagingProperties(replicationFactor, KafkaMessagingProperties.DEFAULT_SEND_TIMEOUT));
    }

    private static void create(NewTopic creation) throws Exception {
        try (Admin admin = Admin.create(CONNECTION)) {
            admin.createTopics(List.of(creation)).all().get();
        }
    }
}
