package io.orderflow.messaging.kafka;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The consumer groups of topics, {@code <topic>.<group>}. On Kafka a group exists once it has a member or a committed offset.
 * The backlog of a group without members needs no space: it ends with the topic's retention.
 */
record KafkaGroups(KafkaAdminClient admin) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        String failure = "Kafka could not list the groups of topic '" + topic.name() + "'";
        String prefix = topic.name() + ".";
        Set<String> ids = admin.ask(failure, client -> client.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(id -> id.startsWith(prefix) && id.indexOf('.', prefix.length()) < 0)
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            Map<TopicPartition, Long> starts = offsets(failure, List.of(topic.name()), OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets(failure, List.of(topic.name()), OffsetSpec.latest());
            return admin
                    .ask(failure, client -> client.describeConsumerGroups(ids).all())
                    .entrySet()
                    .stream()
                    .map(group -> new GroupBacklog(
                            group.getKey().substring(prefix.length()),
                            backlog(committed(failure, group.getKey()), starts, ends),
                            !group.getValue().members().isEmpty()))
                    .toList();
        } catch (MessagingException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    private static long backlog(
            Map<TopicPartition, OffsetAndMetadata> committed,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata done = committed.get(end.getKey());
                    long start = starts.get(end.getKey());
                    return end.getValue() - (done == null ? start : Math.max(start, done.offset()));
                })
                .sum();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String failure, String groupId) {
        return admin.ask(
                failure, client -> client.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata());
    }

    private Map<TopicPartition, Long> offsets(String failure, Collection<String> topics, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.ask(failure, client -> client.describeTopics(topics).allTopicNames())
                .values()
                .forEach(topic -> topic.partitions()
                        .forEach(each -> partitions.put(new TopicPartition(topic.name(), each.partition()), spec)));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.ask(failure, client -> client.listOffsets(partitions).all())
                .forEach((partition, result) -> offsets.put(partition, result.offset()));
        return offsets;
    }

    /**
     * Commits the ends of these topics for a group that has committed nothing on them. This happens before the first member
     * joins: with {@code auto.offset.reset=latest} a member would determine the end at its first poll, and again after a
     * restart before its first commit, and miss what was sent in between.
     */
    void startAtEnd(String groupId, Collection<String> topics) {
        String failure = "Kafka could not let group '" + groupId + "' start at the end of " + topics;
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        offsets(failure, topics, OffsetSpec.latest())
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
        Map<TopicPartition, OffsetAndMetadata> committed = committed(failure, groupId);
        if (ends.keySet().stream().anyMatch(partition -> committed.get(partition) != null)) {
            return;
        }
        try {
            admin.ask(
                    failure,
                    client -> client.alterConsumerGroupOffsets(groupId, ends).all());
        } catch (MessagingException e) {
            boolean hasMembers =
                    e.getCause() instanceof UnknownMemberIdException || e.getCause() instanceof GroupNotEmptyException;
            if (!hasMembers) { // then another instance has just committed the ends
                throw e;
            }
        }
    }

    @Override
    public void remove(Topic topic, String group) {
        String id = Topic.groupOf(topic.name(), group);
        try {
            admin.ask(
                    "Kafka could not remove group '" + id + "'",
                    client -> client.deleteConsumerGroups(Set.of(id)).all());
        } catch (MessagingException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                throw new MessagingException(
                        "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.",
                        e.getCause());
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }
}
