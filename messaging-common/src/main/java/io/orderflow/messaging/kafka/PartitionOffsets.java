package io.orderflow.messaging.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets of all partitions of topics.
 *
 * @param failure the first words of the error if Kafka does not answer
 */
record PartitionOffsets(KafkaAdminClient admin, String failure) {

    Map<TopicPartition, Long> of(Collection<String> topics, OffsetSpec spec) {
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

    /** What a consumer group has committed; nothing for one that does not exist. */
    Map<TopicPartition, OffsetAndMetadata> committed(String groupId) {
        return admin.ask(
                failure, client -> client.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata());
    }
}
