package io.orderflow.messaging.kafka;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share groups of work queues, {@code <topic>.<group>:share}. The name differs from that of the consumer group, because one
 * group cannot be both, and the consumer group reads the retries.
 */
final class ShareGroups {

    private static final Logger log = LoggerFactory.getLogger(ShareGroups.class);

    private static final String SUFFIX = ":share";
    private static final String FEATURE = "share.version";

    private final KafkaAdminClient admin;
    private @Nullable Boolean available;

    ShareGroups(KafkaAdminClient admin) {
        this.admin = admin;
    }

    static String id(String consumerGroupId) {
        return consumerGroupId + SUFFIX;
    }

    /** The id without the mark of a share group. */
    static String consumerGroupId(String id) {
        return id.endsWith(SUFFIX) ? id.substring(0, id.length() - SUFFIX.length()) : id;
    }

    static boolean isShareGroup(String id) {
        return id.endsWith(SUFFIX);
    }

    /**
     * Whether members of a group compete for this topic in a share group. Dead letters are read in a consumer group, because their
     * one collector needs no lock for each message.
     */
    boolean share(Topic first) {
        return first.competing() && !first.isDeadLetters() && areAvailable();
    }

    /**
     * How many partitions a new topic has. Kafka assigns each member of a share group some of the partitions while there are enough;
     * with a single one any free member gets the next message. Retries may be read by a consumer group.
     */
    int partitions(Topic topic) {
        return share(topic) && !topic.isRetries() ? 1 : topic.partitions();
    }

    /** Whether the cluster has share groups. It is asked once. */
    private synchronized boolean areAvailable() {
        if (available == null) {
            FinalizedVersionRange version = admin.ask(
                            "Kafka could not describe its features",
                            client -> client.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get(FEATURE);
            available = version != null && version.maxVersionLevel() > 0;
            if (!available) {
                log.info(
                        "Kafka has no share groups ({} is 0 or unknown): work queues are read by consumer groups, of which at"
                                + " most as many members work as the topic has partitions.",
                        FEATURE);
            }
        }
        return available;
    }

    /**
     * Lets a new group start where the consumer group of that name was, or else at its start position. New partitions are read
     * from their beginning. Settings and positions of an existing group stay.
     */
    void create(String consumerGroupId, Topic topic, ConsumerOptions options) {
        String id = id(consumerGroupId);
        PartitionOffsets offsets =
                new PartitionOffsets(admin, "Kafka could not create share group '" + id + "' of " + topic);
        OffsetSpec spec = options.startOn(topic) == StartPosition.LATEST ? OffsetSpec.latest() : OffsetSpec.earliest();
        Map<TopicPartition, Long> starts = offsets.of(List.of(topic.name()), spec);
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.committed(consumerGroupId);
        starts.replaceAll((partition, start) -> committed.get(partition) == null
                ? start
                : committed.get(partition).offset());
        starts.keySet().removeAll(positions(offsets.failure(), id).keySet());
        if (!starts.isEmpty()) {
            set(offsets.failure(), id, "share.auto.offset.reset", "earliest");
            setLock(offsets.failure(), id, options.memberTimeout());
            start(offsets.failure(), id, starts);
        }
    }

    private void start(String failure, String id, Map<TopicPartition, Long> starts) {
        try {
            admin.ask(
                    failure, client -> client.alterShareGroupOffsets(id, starts).all());
        } catch (MessagingException e) {
            if (!(e.getCause() instanceof GroupNotEmptyException)) { // another member has just created it
                throw e;
            }
        }
    }

    private void setLock(String failure, String id, Duration lock) {
        try {
            set(failure, id, "share.record.lock.duration.ms", Long.toString(lock.toMillis()));
        } catch (MessagingException e) {
            if (!(e.getCause() instanceof InvalidConfigurationException)) {
                throw e;
            }
            log.info(
                    "Group '{}': Kafka accepts no lock of {} s; messages of a member that hangs go to others after the broker's"
                            + " group.share.record.lock.duration.ms.",
                    id,
                    lock.toSeconds());
        }
    }

    private void set(String failure, String id, String name, String value) {
        var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        var group = new ConfigResource(ConfigResource.Type.GROUP, id);
        admin.ask(
                failure,
                client -> client.incrementalAlterConfigs(Map.of(group, List.of(change)))
                        .all());
    }

    /** The positions of a group, without partitions that it has not begun to read. */
    Map<TopicPartition, SharePartitionOffsetInfo> positions(String failure, String id) {
        Map<TopicPartition, SharePartitionOffsetInfo> begun = new HashMap<>(admin.ask(
                failure,
                client -> client.listShareGroupOffsets(Map.of(id, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(id)));
        begun.values().removeIf(Objects::isNull);
        return begun;
    }

    /** How many members each of these groups has. */
    Map<String, Integer> members(String failure, Set<String> ids) {
        Map<String, Integer> members = new HashMap<>();
        if (!ids.isEmpty()) {
            admin.ask(failure, client -> client.describeShareGroups(ids).all())
                    .forEach((id, group) -> members.put(id, group.members().size()));
        }
        return members;
    }

    /** The messages of these partitions that the group has not acknowledged. */
    long backlog(String failure, String id, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, SharePartitionOffsetInfo> positions = positions(failure, id);
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    SharePartitionOffsetInfo position = positions.get(end.getKey());
                    long start = starts.get(end.getKey());
                    return position == null
                            ? end.getValue() - start
                            : position.lag().orElse(end.getValue() - Math.max(start, position.startOffset()));
                })
                .sum();
    }
}
