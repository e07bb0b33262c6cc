package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/**
 * RabbitMQ, 3.10 or later: a topic is a durable topic exchange, a group of a keyed topic one quorum queue a partition, a
 * group of a competing topic one quorum queue.
 *
 * <p>A partition is read by one member at a time. Members share the partitions within seconds; one that dies is replaced
 * as soon as the broker notices, by a member that waits for it: at once when its connections end, and when it is silent,
 * after two to three heartbeats ({@value RabbitConnections#HEARTBEAT_SECONDS} s each, unless {@code
 * spring.rabbitmq.requested-heartbeat} says otherwise). What comes from a producer that names no partition goes to
 * partition 0: in order, whatever its key. The number of partitions cannot be changed; declaring another one throws.
 *
 * <p>What differs from other brokers: a topic keeps nothing for groups to come. So sending to a topic without any group
 * throws, and so does subscribing of a group that is new and is to begin with the earliest message, once the first one was
 * sent; that it was, producers of this library note on the broker. Headers have to fit into one frame (128 KiB, by default)
 * and are refused before they are sent if they do not. Of one partition, a member can poll
 * {@value QueueConsumer#PARTITION_PREFETCH} messages without a commit.
 */
public final class RabbitBroker implements MessageBroker {

    private static final BrokerTraits TRAITS =
            new BrokerTraits("rabbitmq", true, true, false, RabbitMapping.MAX_MESSAGE_BYTES);

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final RabbitMessagingProperties properties;
    private final ScheduledExecutorService timer = timer();

    /**
     * A broker on these connections, which become its own: what was left at the client's defaults (heartbeat, time-outs,
     * logging of broken connections) is changed for the better, and closing the broker closes them.
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
    public MessageProducer<String, byte[]> producer() {
        return new RabbitProducer(connections, topology, properties.confirmTimeout());
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new RabbitConsumer(connections, topology, timer, group, options);
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

    /** Its thread begins with the first member and says for all of them that they are there. */
    private static ScheduledExecutorService timer() {
        ThreadFactory threads = task -> {
            Thread thread = new Thread(task, "rabbitmq-membership");
            thread.setDaemon(true);
            return thread;
        };
        var timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
