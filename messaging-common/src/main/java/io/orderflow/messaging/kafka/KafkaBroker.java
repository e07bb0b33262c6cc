package io.orderflow.messaging.kafka;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Apache Kafka: a topic is a topic. A group is a consumer group for each topic that it reads, {@code <topic>.<group>}
 * ({@code orders.inventory}), which takes in the group's retries of that topic: so members of other topics that come and go
 * move no partition of this one. A member that subscribes to several topics is in the consumer group of the first;
 * those that are to share topics have to name the same one first.
 *
 * <p>A group needs no declaration of its own: one that has committed nothing yet begins at the earliest message that is
 * still kept. So it sees what was sent before it was declared, too. One that is to begin with the latest has its place
 * committed when its first member subscribes. The other side of it: what a group has not read when
 * the topic's retention ends (7 days by a broker's default, counted from when a message was sent) is gone.
 *
 * <p>A topic that is there keeps its partitions, its replicas and its retention. Declaring a keyed one with another number of partitions
 * throws; of a work queue the number says only how many members can share it, and the one that is there holds.
 */
public final class KafkaBroker implements MessageBroker {

    private static final BrokerTraits TRAITS =
            new BrokerTraits("kafka", true, true, true, BrokerLimits.ofMessageBytes(KafkaSettings.MAX_MESSAGE_BYTES));

    private final ProducerFactory<String, byte[]> producers;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaMessagingProperties properties;
    private final KafkaTopics topics;
    private final AtomicInteger members = new AtomicInteger();

    /**
     * @param connection what all clients have in common: {@code bootstrap.servers}, and whatever secures the connection
     */
    public KafkaBroker(Map<String, Object> connection, KafkaMessagingProperties properties) {
        this(
                new DefaultKafkaProducerFactory<>(connection),
                new DefaultKafkaConsumerFactory<>(connection),
                connection,
                properties);
    }

    KafkaBroker(
            ProducerFactory<String, byte[]> producers,
            ConsumerFactory<String, byte[]> consumers,
            Map<String, Object> adminSettings,
            KafkaMessagingProperties properties) {
        this.producers = producers;
        this.consumers = consumers;
        this.properties = properties;
        this.topics = new KafkaTopics(KafkaSettings.admin(adminSettings), properties.replicationFactor());
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        topics.declare(topic);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        Map<String, Object> settings =
                KafkaSettings.producer(producers.getConfigurationProperties(), properties.sendTimeout());
        return new KafkaMessageProducer(
                producers.copyWithConfigurationOverride(settings), topics, properties.sendTimeout());
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        var settings = KafkaSettings.consumer(consumers.getConfigurationProperties(), options);
        return new KafkaMessageConsumer(
                subscribed -> {
                    String groupId = groupId(subscribed.get(0), group);
                    topics.begin(groupId, subscribed, options);
                    // A configured client.id is a prefix: metrics and Kafka's logs take clients that share one for one.
                    String suffix = "-" + groupId + "-" + members.incrementAndGet();
                    return consumers.createConsumer(groupId, null, suffix, settings);
                },
                topics,
                KafkaSettings.silence(options));
    }

    /** Kafka spreads all topics of all members of a consumer group anew whenever one of them comes or goes. */
    static String groupId(Topic first, String group) {
        return Topic.groupOf(first.name(), group);
    }

    @Override
    public ConsumerGroups groups() {
        return new KafkaGroups(topics::admin);
    }

    @Override
    public void ping(Duration timeout) {
        topics.ping(timeout);
    }

    @Override
    public void close() {
        topics.close();
    }
}
