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
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
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
 * throws.
 *
 * <p>The members of a group of a work queue are a share group, {@code <topic>.<group>:share}: any number of them share the topic's single
 * partition. A cluster without share groups (before 4.2, or with {@code share.version} 0) has a consumer group instead, of which
 * as many members work as the topic has partitions.
 */
public final class KafkaBroker implements MessageBroker {

    private static final BrokerTraits TRAITS = new BrokerTraits(
                    "kafka", true, true, true, BrokerLimits.ofMessageBytes(KafkaSettings.MAX_MESSAGE_BYTES))
            .with(MessagingPattern.PUBLISH_SUBSCRIBE, Support.NATIVE)
            .with(MessagingPattern.ROUTING, Support.EMULATED)
            .with(MessagingPattern.WORK_QUEUE, Support.NATIVE)
            .with(MessagingPattern.BROADCAST, Support.NATIVE)
            .with(MessagingPattern.REQUEST_REPLY, Support.EMULATED)
            .with(MessagingPattern.STREAM_PROCESSING, Support.NATIVE)
            .with(MessagingPattern.REPLAY, Support.NATIVE);

    private final ProducerFactory<String, byte[]> producers;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaMessagingProperties properties;
    private final KafkaAdminClient admin;
    private final ShareGroups shares;
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
        this.shares = new ShareGroups(admin);
        this.topics = new KafkaTopics(admin, shares, properties.replicationFactor());
        this.groups = new KafkaGroups(admin, shares);
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
        return new KafkaMessageConsumer(
                subscribed -> reader(groupId(subscribed.get(0), group), subscribed, options),
                topics,
                KafkaSettings.responseTimeout(options));
    }

    private KafkaReader reader(String groupId, List<Topic> subscribed, ConsumerOptions options) {
        if (!shares.share(subscribed.get(0))) {
            return consumerGroupReader(groupId, subscribed, options);
        }
        Topic onlyOfGroup = subscribed.get(subscribed.size() - 1);
        KafkaReader tasks = shareGroupReader(groupId, subscribed.get(0), onlyOfGroup, options);
        List<Topic> retries = subscribed.subList(1, subscribed.size());
        return retries.isEmpty() ? tasks : new TasksAndRetries(tasks, consumerGroupReader(groupId, retries, options));
    }

    private KafkaReader consumerGroupReader(String id, List<Topic> subscribed, ConsumerOptions options) {
        List<String> startingAtEnd = subscribed.stream()
                .filter(topic -> options.startOn(topic) == StartPosition.LATEST)
                .map(Topic::name)
                .toList();
        if (!startingAtEnd.isEmpty()) {
            groups.startAtEnd(id, startingAtEnd);
        }
        // A configured client.id is a prefix, because Kafka's metrics and logs do not distinguish equal ones.
        String suffix = "-" + id + "-" + members.incrementAndGet();
        return new ConsumerGroupReader(
                consumers.createConsumer(
                        id, null, suffix, KafkaSettings.consumer(consumers.getConfigurationProperties(), options)),
                subscribed.stream().map(Topic::name).toList());
    }

    private KafkaReader shareGroupReader(String id, Topic tasks, Topic copies, ConsumerOptions options) {
        shares.create(id, tasks, options);
        Map<String, Object> settings = KafkaSettings.shareConsumer(
                consumers.getConfigurationProperties(), options, ShareGroups.id(id), members.incrementAndGet());
        return new ShareGroupReader(new KafkaShareConsumer<>(settings), tasks.name(), messages -> {
            try (MessageProducer<String, byte[]> producer = producer()) {
                producer.sendBatch(copies, messages);
            }
        });
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
