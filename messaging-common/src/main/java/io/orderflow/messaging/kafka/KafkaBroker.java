package io.orderflow.messaging.kafka;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Apache Kafka. A group is one consumer group for each topic that it reads, {@code <topic>.<group>}, which also reads the
 * group's retries of that topic. So members of other topics that join or leave cause no rebalance of this one. A member that
 * subscribes to several topics is in the consumer group of the first.
 *
 * <p>A group needs no declaration: without a committed offset it starts at the earliest message that is kept. For a group that
 * starts at the latest message, offsets are committed when its first member subscribes. Messages that a group has not read when
 * the topic's retention ends (7 days by default, counted from when a message was sent) are deleted.
 *
 * <p>An existing topic keeps its partitions, replicas and retention. Declaring a keyed one with another number of partitions
 * throws. Of a work queue, the number only limits how many members can share it, and the existing one counts.
 */
public final class KafkaBroker implements MessageBroker {

    private static final BrokerTraits TRAITS = new BrokerTraits(
                    "kafka", true, true, true, BrokerLimits.ofMessageBytes(KafkaSettings.MAX_MESSAGE_BYTES))
            .with(MessagingPattern.PUBLISH_SUBSCRIBE, Support.NATIVE)
            .with(MessagingPattern.ROUTING, Support.EMULATED)
            .with(MessagingPattern.WORK_QUEUE, Support.EMULATED)
            .with(MessagingPattern.BROADCAST, Support.NATIVE)
            .with(MessagingPattern.REQUEST_REPLY, Support.EMULATED)
            .with(MessagingPattern.STREAM_PROCESSING, Support.NATIVE)
            .with(MessagingPattern.REPLAY, Support.NATIVE);

    private final ProducerFactory<String, byte[]> producers;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaMessagingProperties properties;
    private final KafkaAdminClient admin;
    private final KafkaTopics topics;
    private final KafkaGroups groups;
    private final AtomicInteger members = new AtomicInteger();

    /**
     * @param connection settings of all clients: {@code bootstrap.servers}, and those of a secure connection
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
        this.admin = new KafkaAdminClient(KafkaSettings.admin(adminSettings));
        this.topics = new KafkaTopics(admin, properties.replicationFactor());
        this.groups = new KafkaGroups(admin);
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
                    List<String> startingAtEnd = subscribed.stream()
                            .filter(topic -> options.startOn(topic) == StartPosition.LATEST)
                            .map(Topic::name)
                            .toList();
                    if (!startingAtEnd.isEmpty()) {
                        groups.startAtEnd(groupId, startingAtEnd);
                    }
                    // A configured client.id is a prefix, because Kafka's metrics and logs do not distinguish equal
                    // ones.
                    String suffix = "-" + groupId + "-" + members.incrementAndGet();
                    return consumers.createConsumer(groupId, null, suffix, settings);
                },
                topics,
                KafkaSettings.responseTimeout(options));
    }

    @Override
    public MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        var settings = KafkaSettings.consumer(consumers.getConfigurationProperties(), options);
        return new KafkaBroadcastConsumer(
                () -> consumers.createConsumer(null, null, "-broadcasts-" + members.incrementAndGet(), settings),
                topics,
                options);
    }

    @Override
    public MessageHistory history(Topic topic, HistoryStart start, ConsumerOptions options) {
        var settings = KafkaSettings.consumer(consumers.getConfigurationProperties(), options);
        return KafkaHistory.open(
                () -> consumers.createConsumer(null, null, "-history-" + members.incrementAndGet(), settings),
                topic,
                start,
                options.maxPollMessages());
    }

    static String groupId(Topic first, String group) {
        return Topic.groupOf(first.name(), group);
    }

    @Override
    public ConsumerGroups groups() {
        return groups;
    }

    @Override
    public void ping(Duration timeout) {
        int millis = (int) timeout.toMillis();
        admin.ask(
                "Kafka did not answer within " + millis + " ms",
                client -> client.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                        .nodes());
    }

    @Override
    public void close() {
        admin.close();
    }
}
