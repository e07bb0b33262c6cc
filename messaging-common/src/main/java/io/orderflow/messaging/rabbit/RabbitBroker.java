package io.orderflow.messaging.rabbit;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/**
 * RabbitMQ, 3.10 or later: a topic is a durable topic exchange, a group of it a quorum queue.
 *
 * <p>What differs from other brokers: a topic keeps nothing for groups to come, and so sending to a topic without any
 * group throws. Members of a group compete message by message, so with several of them a key has no order. Headers have
 * to fit into one frame (128 KiB, by default) and are refused before they are sent if they do not.
 */
public final class RabbitBroker implements MessageBroker {

    private static final BrokerTraits TRAITS =
            new BrokerTraits("rabbitmq", true, false, false, RabbitMapping.MAX_MESSAGE_BYTES);

    private final RabbitConnections connections;
    private final RabbitTopology topology;
    private final RabbitMessagingProperties properties;

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
        topology.declare(topic.name(), List.of(groups));
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new RabbitProducer(connections, topology, properties.confirmTimeout());
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new RabbitConsumer(connections, topology, group, options.maxPollMessages());
    }

    @Override
    public void ping(Duration timeout) {
        connections.ping(timeout);
    }

    @Override
    public void close() {
        connections.close();
    }
}
