package io.orderflow.messaging.kafka;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads all partitions from their end, without a group. After a disconnection it goes on where it was. */
final class KafkaBroadcastConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Supplier<Consumer<String, byte[]>> factory;
    private final KafkaTopics topics;
    private final ConsumerOptions options;
    private @Nullable Consumer<String, byte[]> consumer;

    KafkaBroadcastConsumer(Supplier<Consumer<String, byte[]>> factory, KafkaTopics topics, ConsumerOptions options) {
        this.factory = factory;
        this.topics = topics;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> wanted) {
        wanted.forEach(topics::ensure);
        try {
            consumer = factory.get();
            List<TopicPartition> partitions = wanted.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // looks the end up now, not at the first poll
        } catch (KafkaException e) {
            throw KafkaFailures.of("Broadcasts on Kafka cannot be received", e);
        }
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        if (consumer == null) {
            throw new IllegalStateException("Subscribe first.");
        }
        try {
            List<Delivery<String, byte[]>> deliveries = new ArrayList<>();
            consumer.poll(timeout)
                    .forEach(each ->
                            deliveries.add(KafkaRecords.toDelivery(each, each.topic() + "-" + each.partition() + "@")));
            deliveries.removeIf(each -> !options.isAddressee(each.message()));
            return deliveries;
        } catch (KafkaException e) {
            throw KafkaFailures.of("Broadcasts on Kafka cannot be received", e);
        }
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
        if (consumer == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } catch (KafkaException e) {
            // there is no group that would have to learn of it
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
