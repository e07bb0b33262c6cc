package io.orderflow.messaging.kafka;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The consumer groups of topics, {@code <topic>.<group>}, and the share groups of work queues. On Kafka a group exists once it has
 * a member or a committed offset. The backlog of a group without members needs no space: it ends with the topic's retention.
 */
record KafkaGroups(KafkaAdminClient admin, ShareGroups shares) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        PartitionOffsets offsets =
                new PartitionOffsets(admin, "Kafka could not list the groups of topic '" + topic.name() + "'");
        String prefix = (topic.isRetries() ? topic.origin() : topic.name()) + ".";
        Map<Boolean, Set<String>> ids = ids(offsets.failure(), prefix);
        Set<String> shareGroups = ids.get(true);
        Set<String> consumerGroups = ids.get(false);
        if (topic.isRetries()) { // read by the consumer group of their origin
            shareGroups.clear();
            consumerGroups.removeIf(id -> !topic.name().startsWith(id + "."));
        }
        if (shareGroups.isEmpty() && consumerGroups.isEmpty()) {
            return List.of();
        }
        shareGroups.forEach(id -> consumerGroups.remove(ShareGroups.consumerGroupId(id))); // superseded
        try {
            Map<TopicPartition, Long> starts = offsets.of(List.of(topic.name()), OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets.of(List.of(topic.name()), OffsetSpec.latest());
            List<GroupBacklog> all = new ArrayList<>();
            members(offsets.failure(), consumerGroups)
                    .forEach((id, members) -> all.add(new GroupBacklog(
                            id.substring(prefix.length()), backlog(offsets.committed(id), starts, ends), members > 0)));
            shares.members(offsets.failure(), shareGroups)
                    .forEach((id, members) -> all.add(new GroupBacklog(
                            ShareGroups.consumerGroupId(id).substring(prefix.length()),
                            shares.backlog(offsets.failure(), id, starts, ends),
                            members > 0)));
            return all;
        } catch (MessagingException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    /** The ids of share groups by true, those of consumer groups by false. */
    private Map<Boolean, Set<String>> ids(String failure, String prefix) {
        return admin.ask(failure, client -> client.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(id -> id.startsWith(prefix) && id.indexOf('.', prefix.length()) < 0)
                .collect(Collectors.partitioningBy(ShareGroups::isShareGroup, Collectors.toSet()));
    }

    private Map<String, Integer> members(String failure, Set<String> ids) {
        Map<String, Integer> members = new HashMap<>();
        admin.ask(failure, client -> client.describeConsumerGroups(ids).all())
                .forEach((id, group) -> members.put(id, group.members().size()));
        return members;
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

    /**
     * Commits the ends of these topics for a group that has committed nothing on them. This happens before the first member
     * joins: with {@code auto.offset.reset=latest} a member would determine the end at its first poll, and again after a
     * restart before its first commit, and miss what was sent in between.
     */
    void startAtEnd(String groupId, Collection<String> topics) {
        PartitionOffsets offsets = new PartitionOffsets(
                admin, "Kafka could not let group '" + groupId + "' start at the end of " + topics);
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        offsets.of(topics, OffsetSpec.latest())
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.committed(groupId);
        if (ends.keySet().stream().anyMatch(partition -> committed.get(partition) != null)) {
            return;
        }
        try {
            admin.ask(
                    offsets.failure(),
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
        delete(topic, group, client -> client.deleteConsumerGroups(Set.of(id)).all());
        if (shares.share(topic)) {
            delete(
                    topic,
                    group,
                    client ->
                            client.deleteShareGroups(Set.of(ShareGroups.id(id))).all());
        }
    }

    private void delete(Topic topic, String group, Function<Admin, KafkaFuture<Void>> deletion) {
        try {
            admin.ask("Kafka could not remove group '" + group + "' of topic '" + topic.name() + "'", deletion);
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
