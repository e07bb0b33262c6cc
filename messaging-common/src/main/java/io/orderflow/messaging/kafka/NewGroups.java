package io.orderflow.messaging.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/**
 * Gives a consumer group that has no place yet one at the end of its topics. It is committed before the first member joins:
 * a member that looked for the end itself would do so at its first poll, and again after a restart that came before its
 * first commit, and miss what was sent in between.
 */
final class NewGroups {

    private final Supplier<Admin> admin;

    NewGroups(Supplier<Admin> admin) {
        this.admin = admin;
    }

    /** Does nothing to a group that has committed something, or has members. */
    void beginAtTheEnd(String groupId, List<String> topics) {
        try {
            List<TopicPartition> partitions = partitions(topics);
            if (!hasPlace(groupId, partitions)) {
                commitEnds(groupId, partitions);
            }
        } catch (ExecutionException | InterruptedException | KafkaException e) {
            throw KafkaFailures.of("Kafka could not let group '" + groupId + "' begin at the end of " + topics, e);
        }
    }

    private List<TopicPartition> partitions(List<String> topics) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found =
                admin.get().describeTopics(topics).allTopicNames().get();
        return found.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private boolean hasPlace(String groupId, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.get()
                .listConsumerGroupOffsets(groupId)
                .partitionsToOffsetAndMetadata()
                .get();
        return partitions.stream().anyMatch(partition -> committed.get(partition) != null);
    }

    private void commitEnds(String groupId, List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        admin.get()
                .listOffsets(latest)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
        try {
            admin.get().alterConsumerGroupOffsets(groupId, ends).all().get();
        } catch (ExecutionException e) {
            boolean hasMembers =
                    e.getCause() instanceof UnknownMemberIdException || e.getCause() instanceof GroupNotEmptyException;
            if (!hasMembers) { // then another instance was a moment earlier, and has committed the place
                throw e;
            }
        }
    }
}
