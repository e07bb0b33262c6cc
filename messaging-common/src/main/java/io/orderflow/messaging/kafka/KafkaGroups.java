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
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The consumer groups that are named after a topic. A group that has committed nothing yet and has no member does not
 * exist on Kafka. What waits for a group that nobody reads for costs nothing: it ends with the topic's retention.
 */
record KafkaGroups(Supplier<Admin> admin) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        try {
            String prefix = topic.name() + ".";
            Set<String> ids = admin.get().listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .filter(id -> id.startsWith(prefix) && id.indexOf('.', prefix.length()) < 0)
                    .collect(Collectors.toSet());
            if (ids.isEmpty()) {
                return List.of();
            }
            Map<TopicPartition, Long> ends = offsets(topic, OffsetSpec.latest());
            Map<TopicPartition, Long> beginnings = offsets(topic, OffsetSpec.earliest());
            List<GroupBacklog> groups = new ArrayList<>();
            var descriptions = admin.get().describeConsumerGroups(ids).all().get();
            for (String id : ids) {
                boolean hasMembers = !descriptions.get(id).members().isEmpty();
                groups.add(new GroupBacklog(id.substring(prefix.length()), backlog(id, beginnings, ends), hasMembers));
            }
            return groups;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw failure("Kafka could not list the groups of topic '" + topic.name() + "'", e);
        } catch (InterruptedException | KafkaException e) {
            throw failure("Kafka could not list the groups of topic '" + topic.name() + "'", e);
        }
    }

    private long backlog(String id, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.get()
                .listConsumerGroupOffsets(id)
                .partitionsToOffsetAndMetadata()
                .get();
        long backlog = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            long beginning = beginnings.get(end.getKey());
            backlog += end.getValue() - (done == null ? beginning : Math.max(beginning, done.offset()));
        }
        return backlog;
    }

    private Map<TopicPartition, Long> offsets(Topic topic, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.get()
                .describeTopics(Set.of(topic.name()))
                .allTopicNames()
                .get()
                .get(topic.name())
                .partitions()
                .forEach(each -> asked.put(new TopicPartition(topic.name(), each.partition()), spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.get().listOffsets(asked).all().get().forEach((partition, at) -> offsets.put(partition, at.offset()));
        return offsets;
    }

    @Override
    public void remove(Topic topic, String group) {
        String id = Topic.groupOf(topic.name(), group);
        try {
            admin.get().deleteConsumerGroups(Set.of(id)).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                throw new MessagingException(
                        "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.",
                        e.getCause());
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failure("Kafka could not remove the group '" + id + "'", e);
            }
        } catch (InterruptedException | KafkaException e) {
            throw failure("Kafka could not remove the group '" + id + "'", e);
        }
    }

    private static MessagingException failure(String what, Exception e) {
        return KafkaFailures.of(what, e);
    }
}
