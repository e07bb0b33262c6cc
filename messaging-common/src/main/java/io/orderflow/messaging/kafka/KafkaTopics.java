package io.orderflow.messaging.kafka;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics as durable as the brokers allow, and asks them for a sign of life: all that needs an admin client. */
final class KafkaTopics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopics.class);

    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);

    private static final Duration LEADER_PAUSE = Duration.ofMillis(20);
    private static final int LEADER_TRIES = 500;

    private final Map<String, Object> settings;
    private final Replication replication;
    private final TopicInspection inspection;
    private final NewGroups groups = new NewGroups(this::admin);
    private final AtomicBoolean reportedFewBrokers = new AtomicBoolean();
    private final Set<Topic> present = ConcurrentHashMap.newKeySet();
    private @Nullable Admin admin;

    KafkaTopics(Map<String, Object> settings, @Nullable Short replicationFactor) {
        this.settings = settings;
        this.replication = new Replication(replicationFactor);
        this.inspection = new TopicInspection(this::admin, replication);
    }

    /**
     * Creates the topic unless it is there. One that is there stays as it is, whoever made it.
     *
     * @throws MessagingException if it is a keyed topic with another number of partitions
     */
    void declare(Topic topic) {
        create(topic);
    }

    /** Declares a topic the first time it is used. */
    void ensure(Topic topic) {
        if (!present.contains(topic)) {
            create(topic);
        }
    }

    /** The topic may have been deleted: the next {@link #ensure} declares it again. */
    void forget(Topic topic) {
        present.remove(topic);
    }

    /** Fixes where a consumer group begins that is not to begin at the earliest message. */
    void begin(String groupId, List<Topic> topics, ConsumerOptions options) {
        List<String> atTheEnd = topics.stream()
                .filter(topic -> options.startOn(topic) == StartPosition.LATEST)
                .map(Topic::name)
                .toList();
        if (!atTheEnd.isEmpty()) {
            groups.beginAtTheEnd(groupId, atTheEnd);
        }
    }

    void ping(Duration timeout) {
        try {
            admin().describeCluster(new DescribeClusterOptions().timeoutMs((int) timeout.toMillis()))
                    .nodes()
                    .get();
        } catch (ExecutionException | InterruptedException | KafkaException e) {
            throw KafkaFailures.of("Kafka did not answer within " + timeout.toMillis() + " ms", e);
        }
    }

    private void create(Topic topic) {
        try {
            TopicDescription there = find(topic.name());
            if (there != null) {
                requireSamePartitions(topic, there.partitions().size());
                inspection.inspect(topic, there);
            } else {
                short replicas = replicas(topic);
                NewTopic creation = new NewTopic(topic.name(), topic.partitions(), replicas);
                creation.configs(configs(topic, replicas));
                createUnlessThere(creation);
                awaitLeaders(topic);
            }
        } catch (ExecutionException | InterruptedException | KafkaException e) {
            throw KafkaFailures.of("Kafka could neither find nor create the topic '" + topic.name() + "'", e);
        }
        present.add(topic);
    }

    /** Another number of partitions would move keys to other partitions, past the messages before them. */
    private void requireSamePartitions(Topic topic, int there) {
        if (!topic.competing() && there != topic.partitions()) {
            throw new MessagingException(
                    "Topic '" + topic.name() + "' has " + there
                            + " partitions on Kafka, and this application declares it"
                            + " with " + topic.partitions()
                            + ". Nothing was changed, because keys would lose their order;"
                            + " make the applications agree (messaging.topics." + topic.name() + ".partitions).",
                    null);
        }
    }

    /** Without a configured number brokers that are down at this moment do not count, which is worth a line. */
    private short replicas(Topic topic) throws ExecutionException, InterruptedException {
        if (replication.configured() != null) {
            return replication.configured();
        }
        int brokers = admin().describeCluster().nodes().get().size();
        short replicas = replication.wanted(brokers);
        if (replicas < Replication.BEST && reportedFewBrokers.compareAndSet(false, true)) {
            log.warn(
                    "Topics are created on {} broker(s), because no more are there now, '{}' first; they stay so when others"
                            + " join. Set messaging.kafka.replication-factor: to 3 for production, so that creating waits for"
                            + " brokers that are down, or to {} if that is all there will be.",
                    replicas,
                    topic.name(),
                    replicas);
        }
        return replicas;
    }

    /** Another instance may have been a moment earlier. */
    private void createUnlessThere(NewTopic creation) throws ExecutionException, InterruptedException {
        try {
            admin().createTopics(Set.of(creation)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * A partition answers a little later than it exists. A producer that is too early has its first batch refused and its
     * second one accepted, and Kafka then refuses the first one for good, as out of order.
     */
    private void awaitLeaders(Topic topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        for (int tries = 1; !answer(topic, ends, tries == LEADER_TRIES); tries++) {
            Thread.sleep(LEADER_PAUSE.toMillis());
        }
    }

    /**
     * Asks the leaders themselves; false where the topic is too new for the broker that was asked who they are. Only a topic
     * that is described already is asked for, because the client logs an unknown one as an error.
     */
    private boolean answer(Topic topic, Map<TopicPartition, OffsetSpec> ends, boolean lastTry)
            throws ExecutionException, InterruptedException {
        if (!lastTry && find(topic.name()) == null) {
            return false;
        }
        try {
            admin().listOffsets(ends).all().get();
            return true;
        } catch (ExecutionException e) {
            if (lastTry || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            return false;
        }
    }

    /** Asked first, because who may not create topics may still use those that are there. */
    private @Nullable TopicDescription find(String name) throws ExecutionException, InterruptedException {
        try {
            return admin().describeTopics(Set.of(name)).allTopicNames().get().get(name);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    private static Map<String, String> configs(Topic topic, short replicas) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(Replication.majority(replicas)));
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(KafkaSettings.MAX_TOPIC_MESSAGE_BYTES));
        // By default a producer whose clock is an hour fast is refused.
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, String.valueOf(Long.MAX_VALUE));
        if (topic.isDeadLetters()) {
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(KafkaSettings.MAX_DEAD_LETTER_BYTES));
            configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        }
        if (topic.retention() != null) {
            long millis = topic.retention().toMillis();
            configs.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(millis));
            // A segment is deleted as a whole, when its last message is old enough: no message stays for much longer.
            configs.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(Math.min(millis, LONGEST_SEGMENT.toMillis())));
        }
        return configs;
    }

    /** One client for all, made at the first use: making it needs the broker's name to resolve. */
    synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
            admin = null;
        }
    }
}
