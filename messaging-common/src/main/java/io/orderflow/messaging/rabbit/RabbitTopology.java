package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exchanges and queues: a durable topic exchange named as the topic, and for each group a quorum queue
 * {@code <topic>.<group>} that is bound to all of it.
 *
 * <p>RabbitMQ gives up on a message that came back 20 times (from 4.0 on, by default), and would lose good messages of a
 * consumer that is closed and opened again while a database is away. So the limit is set to what is never reached. It is
 * not switched off, because without a limit RabbitMQ puts what is given back behind all other messages. What a policy of
 * the operator makes the broker dead-letter goes to the group's dead letters, and stays where it is until it has arrived.
 */
final class RabbitTopology {

    private static final int NEVER_REACHED = Integer.MAX_VALUE;

    private final RabbitConnections connections;
    private final Map<String, Set<String>> declared = new ConcurrentHashMap<>();

    RabbitTopology(RabbitConnections connections) {
        this.connections = connections;
    }

    static String queue(String topic, String group) {
        return topic + "." + group;
    }

    void declare(String topic, Collection<String> groups) {
        Channel channel = connections.openForConsuming();
        try {
            channel.exchangeDeclare(topic, BuiltinExchangeType.TOPIC, true);
            for (String group : groups) {
                String queue = queue(topic, group);
                channel.queueDeclare(queue, true, false, false, arguments(topic, group));
                channel.queueBind(queue, topic, "#");
            }
            declared.computeIfAbsent(topic, t -> ConcurrentHashMap.newKeySet()).addAll(groups);
        } catch (IOException | ShutdownSignalException e) {
            throw explain(topic, e);
        } finally {
            RabbitFailures.abandon(channel);
        }
    }

    /** Declares again what was declared here and has disappeared; nothing if this topic was not declared here. */
    void restore(String topic) {
        Set<String> groups = declared.get(topic);
        if (groups != null) {
            declare(topic, groups);
        }
    }

    private static Map<String, Object> arguments(String topic, String group) {
        Map<String, Object> arguments = new HashMap<>(Map.of("x-queue-type", "quorum"));
        arguments.put("x-delivery-limit", NEVER_REACHED);
        if (!topic.endsWith(".dlq")) { // dead letters have no dead letters
            arguments.put("x-dead-letter-exchange", Topic.deadLettersOf(topic, group));
            arguments.put("x-dead-letter-strategy", "at-least-once");
            arguments.put("x-overflow", "reject-publish"); // without it, at-least-once is silently at-most-once
        }
        return arguments;
    }

    private static MessagingException explain(String topic, Exception e) {
        return RabbitFailures.code(e) == AMQP.PRECONDITION_FAILED
                ? RabbitFailures.failure(
                        "RabbitMQ has topic '" + topic
                                + "' with other settings than this application needs. Nothing was "
                                + "changed; empty and delete the exchange or queue named here, it is then declared anew",
                        e)
                : RabbitFailures.failure("Topic '" + topic + "' could not be declared on RabbitMQ", e);
    }
}
