package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Looks up what somebody else has declared, for a user who may not: looking up needs no permission. It finds out whether
 * exchanges and queues are there, the number of partitions among their names; bindings and other settings cannot be seen.
 */
final class ExistingTopology {

    private interface LookUp {
        void with(Channel channel) throws IOException;
    }

    private final RabbitConnections connections;

    ExistingTopology(RabbitConnections connections) {
        this.connections = connections;
    }

    /** @throws MessagingException if a part of it is not there, because then it would have to be declared */
    void require(Topic topic, Collection<String> groups, Exception refusal) {
        List<String> exchanges = new ArrayList<>();
        exchanges.add(topic.name());
        exchanges.add(RabbitTopology.groupsExchange(topic.name()));
        if (!topic.competing()) {
            exchanges.add(RabbitTopology.unpartitionedExchange(topic.name(), topic.partitions()));
        }
        for (String exchange : exchanges) {
            if (!hasExchange(exchange)) {
                throw missing(topic, "exchange '" + exchange + "'", refusal);
            }
        }
        for (String group : groups) {
            for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                if (!hasQueue(queue.name())) {
                    throw missing(topic, "queue '" + queue.name() + "'", refusal);
                }
            }
        }
    }

    boolean hasExchange(String name) {
        return finds(channel -> channel.exchangeDeclarePassive(name));
    }

    boolean hasQueue(String name) {
        return finds(channel -> channel.queueDeclarePassive(name));
    }

    private boolean finds(LookUp lookUp) {
        Channel channel = connections.openForConsuming();
        try {
            lookUp.with(channel);
            return true;
        } catch (IOException | ShutdownSignalException e) {
            if (RabbitFailures.code(e) == AMQP.NOT_FOUND) {
                return false;
            }
            throw RabbitFailures.failure("RabbitMQ does not say what exists", e);
        } finally {
            RabbitFailures.abandon(channel);
        }
    }

    private static MessagingException missing(Topic topic, String what, Exception refusal) {
        return RabbitFailures.failure(
                "Topic '" + topic.name() + "' needs " + what
                        + ", which is not on RabbitMQ, and this user may not declare it."
                        + " Grant the user permission to configure it, or declare it as another user, by starting the"
                        + " application once",
                refusal);
    }
}
