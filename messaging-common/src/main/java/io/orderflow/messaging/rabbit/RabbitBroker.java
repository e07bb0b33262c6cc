package io.orderflow.messaging.rabbit;

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
import io.orderflow.messaging.NoHistoryException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * RabbitMQ, 3.10 or later. A topic is a durable topic exchange; a group has one quorum queue per partition of a keyed topic, or
 * one of a work queue.
 *
 * <p>A partition has one active consumer at a time, and members share partitions evenly within seconds. A member whose
 * connection ends is replaced at once. One that is silent is replaced when the broker closes its connection, after two to
 * three heartbeats ({@value RabbitConnections#HEARTBEAT_SECONDS} s each, unless {@code spring.rabbitmq.requested-heartbeat} says
 * otherwise). Messages of producers that name no partition go to partition 0, in order. The number of partitions cannot be
 * changed; declaring another one throws.
 *
 * <p>Unlike other brokers, RabbitMQ keeps nothing for future groups. Sending to a topic without any group throws, and so does
 * subscribing a new group that is to start with the earliest message, once this library has sent to the topic. All
 * headers have to fit into one frame, or the message is rejected. A member can poll
 * {@value QueueConsumer#PARTITION_PREFETCH} messages of a partition without a commit, and two polls of a work queue.
 */
public final class RabbitBroker implements MessageBroker {

    /** By default, RabbitMQ accepts 16 MiB from 4.0 on, and a frame of headers of 128 KiB, of which a part is reserved. */
    static final BrokerLimits LIMITS = BrokerLimits.ofMessageBytes(16 * 1024 * 1024)
            .withHeaderBytes(127 * 1024, RabbitHeaders.MAX_NAME_BYTES)
            .withNames(RabbitHeaders.MAX_SHORT_STRING_BYTES, "[A-Za-z0-9._-]");

    private static final BrokerTraits TRAITS = new BrokerTraits("rabbitmq", true, true, false, LIMITS)
            .with(MessagingPattern.PUBLISH_SUBSCRIBE, Support.NATIVE)
            .with(MessagingPattern.ROUTING, Support.NATIVE)
            .with(MessagingPattern.WORK_QUEUE, Support.NATIVE)
            .with(MessagingPattern.BROADCAST, Support.NATIVE)
            .with(MessagingPattern.REQUEST_REPLY, Support.NATIVE)
            .with(MessagingPattern.STREAM_PROCESSING, Support.EMULATED)
            .with(MessagingPattern.REPLAY, Support.NATIVE);

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final RabbitMessagingProperties properties;
    private final ScheduledExecutorService timer = timer(); // sends the heartbeats of all members

    /**
     * Takes over the connection factory: shortens heartbeat and time-outs that were left at the client's defaults, logs lost
     * connections at debug level, and destroys the factory when the broker is closed.
     */
    public RabbitBroker(CachingConnectionFactory factory, RabbitMessagingProperties properties) {
        this.connections = new RabbitConnections(factory);
        this.topology = new RabbitTopology(connections);
        this.properties = properties;
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        topology.declare(topic, List.of(groups));
    }

    @Override
    public void requireStart(Topic topic, String group, StartPosition start) {
        topology.requireStart(topic, group, start);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new RabbitProducer(connections, topology, properties.confirmTimeout());
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new RabbitConsumer(connections, topology, timer, group, options);
    }

    @Override
    public MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        return new RabbitBroadcastConsumer(connections, topology, options);
    }

    @Override
    public MessageHistory history(Topic topic, HistoryStart start, ConsumerOptions options) {
        if (!topology.hasHistory(topic)) {
            throw new NoHistoryException("RabbitMQ keeps no message of topic '" + topic.name()
                    + "' that every group has read. Set messaging.topics." + topic.name()
                    + ".retention where it is published; a stream beside the queues then keeps messages from now on.");
        }
        return RabbitHistory.open(connections, topic, start, options.maxPollMessages());
    }

    @Override
    public ConsumerGroups groups() {
        return new RabbitGroups(connections);
    }

    @Override
    public void ping(Duration timeout) {
        connections.ping(timeout);
    }

    @Override
    public void close() {
        timer.shutdown();
        connections.close();
    }

    private static ScheduledExecutorService timer() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("rabbitmq-membership-");
        threads.setDaemon(true);
        var timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
