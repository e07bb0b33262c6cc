package io.orderflow.messaging.kafka;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.TopicUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics, as durable as the brokers allow. An existing topic is never changed, because moving replicas and deleting
 * messages are an operator's decision; a weaker one is logged once per process.
 */
final class KafkaTopics {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopics.class);

    private static final Duration MAX_SEGMENT_AGE = Duration.ofDays(1);
    private static final Duration LEADER_PAUSE = Duration.ofMillis(20);
    private static final int LEADER_TRIES = 500;

    private final KafkaAdminClient admin;
    private final ShareGroups shares;
    private final Replication replication;
    private final AtomicBoolean reportedFewBrokers = new AtomicBoolean();
    private final Set<Topic> declared = ConcurrentHashMap.newKeySet();
    private final Set<String> inspected = ConcurrentHashMap.newKeySet();

    KafkaTopics(KafkaAdminClient admin, ShareGroups shares, @Nullable Short replicationFactor) {
        this.admin = admin;
        this.shares = shares;
        this.replication = new Replication(replicationFactor);
    }

    /**
     * Creates the topic unless it exists.
     *
     * @throws TopicUnavailableException if a keyed topic exists with another number of partitions
     */
    void declare(Topic topic) {
        // Looked up first, because a user who may not create topics may still use existing ones.
        TopicDescription existing = find(topic);
        if (existing == null) {
            create(topic);
        } else {
            requireSamePartitions(topic, existing.partitions().size());
            if (!inspected.contains(topic.name())) {
                inspect(topic, existing);
                inspected.add(topic.name());
            }
        }
        declared.add(topic);
    }

    /** Declares a topic before its first use. */
    void ensure(Topic topic) {
        if (!declared.contains(topic)) {
            declare(topic);
        }
    }

    /** The topic may have been deleted: the next {@link #ensure} declares it again. */
    void forget(Topic topic) {
        declared.remove(topic);
    }

    private @Nullable TopicDescription find(Topic topic) {
        try {
            return admin.ask(
                            failure(topic),
                            client ->
                                    client.describeTopics(Set.of(topic.name())).allTopicNames())
                    .get(topic.name());
        } catch (MessagingException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    private static void requireSamePartitions(Topic topic, int existing) {
        if (!topic.competing() && existing != topic.partitions()) {
            throw new TopicUnavailableException(
                    "Topic '" + topic.name() + "' has " + existing
                            + " partitions on Kafka, and this application declares it with " + topic.partitions()
                            + ". Nothing was changed, because keys would lose their order;"
                            + " make the applications agree (messaging.topics." + topic.name() + ".partitions).",
                    null);
        }
    }

    private void create(Topic topic) {
        short replicas = replication.wanted(brokers(topic));
        if (replication.configured() == null
                && replicas < Replication.BEST
                && reportedFewBrokers.compareAndSet(false, true)) {
            log.warn(
                    "Topics are created on {} broker(s), the first one is '{}': no more brokers are available now, and topics"
                            + " are not moved when others join. Set messaging.kafka.replication-factor: to 3 in production,"
                            + " so that creating a topic waits for brokers that are down, or to {} if there are no others.",
                    replicas,
                    topic.name(),
                    replicas);
        }
        try {
            NewTopic creation =
                    new NewTopic(topic.name(), shares.partitions(topic), replicas).configs(configs(topic, replicas));
            admin.ask(
                    failure(topic),
                    client -> client.createTopics(Set.of(creation)).all());
        } catch (MessagingException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another instance may have just created it
                throw e;
            }
        }
        awaitLeaders(topic);
    }

    /**
     * A partition exists before its leader answers. A producer whose first batch is refused and whose second one is accepted
     * could not repeat the first: Kafka refuses it as out of sequence.
     */
    private void awaitLeaders(Topic topic) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, shares.partitions(topic))
                .mapToObj(number -> new TopicPartition(topic.name(), number))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        for (int tries = 1; !answers(topic, ends, tries == LEADER_TRIES); tries++) {
            try {
                Thread.sleep(LEADER_PAUSE.toMillis());
            } catch (InterruptedException e) {
                throw KafkaFailures.of(failure(topic), e);
            }
        }
    }

    /** Looks the topic up first, because the client logs an error when the offsets of an unknown one are requested. */
    private boolean answers(Topic topic, Map<TopicPartition, OffsetSpec> ends, boolean lastTry) {
        if (!lastTry && find(topic) == null) {
            return false;
        }
        try {
            admin.ask(failure(topic), client -> client.listOffsets(ends).all());
            return true;
        } catch (MessagingException e) {
            if (lastTry || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            return false;
        }
    }

    private static Map<String, String> configs(Topic topic, short replicas) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(Replication.majority(replicas)));
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(KafkaSettings.MAX_TOPIC_MESSAGE_BYTES));
        // By default messages of a producer whose clock is an hour fast are refused.
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, String.valueOf(Long.MAX_VALUE));
        if (topic.isDeadLetters()) {
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(KafkaSettings.MAX_DEAD_LETTER_BYTES));
            configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        }
        if (topic.retention() != null) {
            long millis = topic.retention().toMillis();
            configs.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(millis));
            if (topic.retentionBytes() > 0) {
                long ofAPartition = Math.max(1, topic.retentionBytes() / topic.partitions());
                configs.put(TopicConfig.RETENTION_BYTES_CONFIG, String.valueOf(ofAPartition));
            }
            // Kafka deletes whole segments, once their last message has expired.
            configs.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(Math.min(millis, MAX_SEGMENT_AGE.toMillis())));
        }
        return configs;
    }

    private void inspect(Topic topic, TopicDescription existing) {
        int replicas = existing.partitions().stream()
                .mapToInt(each -> each.replicas().size())
                .min()
                .orElseThrow();
        Map<String, String> settings = settings(topic);
        String minInSync = settings.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(replicas));
        replication
                .weaknesses(topic.name(), replicas, Integer.parseInt(minInSync), brokers(topic))
                .forEach(log::warn);
        String retention = settings.get(TopicConfig.RETENTION_MS_CONFIG);
        if (retention != null && topic.retention() != null) {
            long millis = Long.parseLong(retention);
            long wanted = topic.retention().toMillis();
            if (millis != wanted) {
                log.warn(
                        "Topic '{}' keeps messages for {} on Kafka, and {} is {}. Nothing was changed, because a shorter retention"
                                + " could delete messages that are not read yet. Once all are read, set the topic's"
                                + " retention.ms to {} and its segment.ms to a day at most.",
                        topic.name(),
                        millis < 0 ? "ever" : Duration.ofMillis(millis),
                        topic.isDeadLetters()
                                ? "messaging.dead-letters.retention"
                                : "messaging.topics." + topic.name() + ".retention",
                        topic.retention(),
                        wanted);
            }
        }
    }

    /** Empty for a user who may not read them, and may use the topic all the same. */
    private Map<String, String> settings(Topic topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try {
            Config config = admin.ask(
                            failure(topic),
                            client -> client.describeConfigs(Set.of(resource)).all())
                    .get(resource);
            Map<String, String> settings = new HashMap<>();
            config.entries().forEach(each -> settings.put(each.name(), each.value()));
            return settings;
        } catch (MessagingException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Map.of();
            }
            throw e;
        }
    }

    private int brokers(Topic topic) {
        return admin.ask(failure(topic), client -> client.describeCluster().nodes())
                .size();
    }

    private static String failure(Topic topic) {
        return "Kafka could neither find nor create topic '" + topic.name() + "'";
    }
}
