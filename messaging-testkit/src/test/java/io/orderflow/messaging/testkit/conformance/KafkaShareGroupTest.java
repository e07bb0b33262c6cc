package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How a work queue is read in a share group, and in a consumer group where there are none. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaShareGroupTest {

    private static final Map<String, Object> CONNECTION =
            Map.of("bootstrap.servers", KafkaServer.find().bootstrapServers());
    private static final Duration LOCK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String GROUP = "workers";

    private final Topic topic = Topic.named("shared-" + UUID.randomUUID()).asWorkQueue();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /** Both have a message for longer than the lock; one of them does not show that it is alive. */
    @Test
    void a_slow_worker_keeps_its_message_and_a_hung_one_loses_it() {
        MessageConsumer<String, byte[]> slow = worker(broker());
        MessageConsumer<String, byte[]> hung = worker(broker());
        send("one", "two");
        List<String> ofSlow = receive(slow);
        long oneLock = System.nanoTime() + LOCK.toNanos();
        List<String> ofHung = new ArrayList<>();
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            slow.keepAlive();
            return ofHung.addAll(poll(hung));
        });
        assertThat(ofSlow).doesNotContainAnyElementsOf(ofHung);
        MessageConsumer<String, byte[]> other = worker(broker());
        List<String> ofOther = new ArrayList<>();

        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            slow.keepAlive();
            if (ofOther.isEmpty()) {
                ofOther.addAll(poll(other));
            } else {
                other.keepAlive();
            }
            return !ofOther.isEmpty() && System.nanoTime() - oneLock > 0;
        });

        assertThat(ofOther).isEqualTo(ofHung);
        assertThatThrownBy(hung::commit).isInstanceOf(PartitionsRevokedException.class);
        other.commit();
        slow.commit();
        assertThat(poll(other)).isEmpty();
    }

    @Test
    void a_share_group_starts_where_the_consumer_group_of_its_name_was() throws Exception {
        send("1", "2", "3");
        try (Admin admin = Admin.create(CONNECTION)) {
            admin.alterConsumerGroupOffsets(
                            topic.name() + "." + GROUP,
                            Map.of(new TopicPartition(topic.name(), 0), new OffsetAndMetadata(2)))
                    .all()
                    .get();
        }

        assertThat(receive(worker(broker()))).containsExactly("3");
    }

    @Test
    void a_share_group_that_starts_at_the_end_gets_what_is_sent_afterwards() {
        send("before");
        ConsumerOptions latest = options().withStart(StartPosition.LATEST);
        member(broker(), latest).close();
        send("after");

        MessageConsumer<String, byte[]> member = member(broker(), latest);
        assertThat(backlog()).isEqualTo(1);
        assertThat(receive(member)).containsExactly("after");
        member.commit();
        assertThat(backlog()).isZero();
    }

    @Test
    void a_cluster_without_share_groups_has_consumer_groups(CapturedOutput log) throws Exception {
        setShareVersion((short) 0);
        try {
            KafkaBroker old = broker();
            old.declare(topic, GROUP);
            send("1");
            assertThat(receive(worker(old))).containsExactly("1");
            assertThat(groupIds()).contains(topic.name() + "." + GROUP).noneMatch(id -> id.endsWith(":share"));
        } finally {
            setShareVersion((short) 1);
        }
        assertThat(log.getAll().lines().filter(line -> line.contains("no share groups")))
                .singleElement();
    }

    private List<String> groupIds() throws Exception {
        try (Admin admin = Admin.create(CONNECTION)) {
            return admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .filter(id -> id.startsWith(topic.name()))
                    .toList();
        }
    }

    private static void setShareVersion(short version) throws Exception {
        try (Admin admin = Admin.create(CONNECTION)) {
            FeatureUpdate update = new FeatureUpdate(
                    version,
                    version == 0 ? FeatureUpdate.UpgradeType.SAFE_DOWNGRADE : FeatureUpdate.UpgradeType.UPGRADE);
            admin.updateFeatures(Map.of("share.version", update), new UpdateFeaturesOptions())
                    .all()
                    .get();
        }
    }

    private long backlog() {
        return broker().groups().of(topic, List.of(GROUP)).get(0).messages();
    }

    private KafkaBroker broker() {
        KafkaBroker broker = new KafkaBroker(CONNECTION, KafkaMessagingProperties.defaults());
        opened.push(broker);
        return broker;
    }

    private static ConsumerOptions options() {
        return ConsumerOptions.defaults().withMaxPollMessages(1).withMemberTimeout(LOCK);
    }

    private MessageConsumer<String, byte[]> worker(KafkaBroker broker) {
        return member(broker, options());
    }

    private MessageConsumer<String, byte[]> member(KafkaBroker broker, ConsumerOptions options) {
        MessageConsumer<String, byte[]> member = broker.consumer(GROUP, options);
        opened.push(member);
        member.subscribe(List.of(topic));
        return member;
    }

    private static List<String> receive(MessageConsumer<String, byte[]> member) {
        List<String> received = new ArrayList<>();
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            received.addAll(poll(member));
            return !received.isEmpty();
        });
        return received;
    }

    private static List<String> poll(MessageConsumer<String, byte[]> member) {
        return member.poll(POLL).stream()
                .map(each -> new String(each.message().value(), StandardCharsets.UTF_8))
                .toList();
    }

    private void send(String... texts) {
        try (MessageProducer<String, byte[]> producer = broker().producer()) {
            for (String text : texts) {
                byte[] value = text.getBytes(StandardCharsets.UTF_8);
                producer.send(topic, new Message<>(text, value, Map.of(), Instant.now()));
            }
        }
    }
}
