package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exchanges and queues. Everybody publishes to a durable topic exchange named as the topic, with any routing key. Behind
 * it is the exchange {@code <topic>.groups}, and behind that the groups' quorum queues:
 *
 * <ul>
 *   <li>of a competing topic it is a fanout exchange, and a group is one queue, {@code <topic>.<group>};
 *   <li>of a keyed one it is a direct exchange, and a group is a queue a partition, {@code <topic>.<group>.<n>}, each with
 *       a single active consumer. A message says its partition in a {@code CC} header, a routing key besides its own. One
 *       that says none, or one that there is not, goes to {@code <topic>.unpartitioned-of-<P>}, the alternate exchange,
 *       and from there to partition 0. As RabbitMQ compares alternate exchanges, nobody can declare the topic with
 *       another number of partitions.
 * </ul>
 *
 * <p>RabbitMQ gives up on a message that came back 20 times (from 4.0 on, by default), and would lose good messages of a
 * consumer that is closed and opened again while a database is away. So the limit is set to what is never reached. It is
 * not switched off, because without a limit RabbitMQ puts what is given back behind all other messages. What a policy of
 * the operator makes the broker dead-letter goes to the group's dead letters, and stays where it is until it has arrived.
 */
final class RabbitTopology {

    private static final int NEVER_REACHED = Integer.MAX_VALUE;
    private static final String ALL = "#";

    private final RabbitConnections connections;
    private final GroupStart start;
    private final Map<String, Declared> declared = new ConcurrentHashMap<>();
    private final Set<String> marked = ConcurrentHashMap.newKeySet();

    private record Declared(Topic topic, Set<String> groups) {}

    RabbitTopology(RabbitConnections connections) {
        this.connections = connections;
        this.start = new GroupStart(connections);
    }

    static String groupsExchange(String topic) {
        return topic + ".groups";
    }

    static String unpartitionedExchange(String topic, int partitions) {
        return topic + ".unpartitioned-of-" + partitions;
    }

    /** A group that is about to read. One that this process has declared before is declared again, whatever was deleted. */
    void declareReader(Topic topic, String group, StartPosition position) {
        Declared known = declared.get(topic.name());
        if (known == null || !known.groups().contains(group)) {
            start.require(topic, group, position);
        }
        declare(topic, List.of(group));
    }

    void declare(Topic topic, Collection<String> groups) {
        if (!declared.containsKey(topic.name())) {
            start.forgetIfGone(topic);
        }
        Channel channel = connections.openForConsuming();
        try {
            declareExchanges(channel, topic);
            for (String group : groups) {
                for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                    declareQueue(channel, topic, queue);
                }
            }
        } catch (IOException | ShutdownSignalException e) {
            if (RabbitFailures.code(e) != AMQP.ACCESS_REFUSED) {
                throw explain(topic, e);
            }
            new ExistingTopology(connections).require(topic, groups, e);
        } finally {
            RabbitFailures.abandon(channel);
        }
        declared.computeIfAbsent(topic.name(), t -> new Declared(topic, ConcurrentHashMap.newKeySet()))
                .groups()
                .addAll(groups);
    }

    /** The topic as it was declared here, or as it is by default. */
    Topic known(String name) {
        Declared known = declared.get(name);
        return known == null ? Topic.named(name) : known.topic();
    }

    /** The same for whoever is about to send, after making sure once that this is how the broker has it. */
    Topic ensured(String name) {
        if (!declared.containsKey(name)) {
            declare(Topic.named(name), List.of());
        }
        Topic topic = known(name);
        if (!marked.contains(name)) {
            start.mark(topic);
            marked.add(name);
        }
        return topic;
    }

    /** Declares again what was declared here and has disappeared; nothing if this topic was not declared here. */
    void restore(String topic) {
        Declared known = declared.get(topic);
        marked.remove(topic);
        if (known != null) {
            declare(known.topic(), known.groups());
        }
    }

    private static void declareExchanges(Channel channel, Topic topic) throws IOException {
        String name = topic.name();
        String groups = groupsExchange(name);
        channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true);
        if (topic.competing()) {
            channel.exchangeDeclare(groups, BuiltinExchangeType.FANOUT, true);
        } else {
            String unpartitioned = unpartitionedExchange(name, topic.partitions());
            channel.exchangeDeclare(
                    groups, BuiltinExchangeType.DIRECT, true, false, Map.of("alternate-exchange", unpartitioned));
            channel.exchangeDeclare(unpartitioned, BuiltinExchangeType.FANOUT, true);
        }
        channel.exchangeBind(groups, name, ALL);
    }

    private static void declareQueue(Channel channel, Topic topic, RabbitQueue queue) throws IOException {
        channel.queueDeclare(queue.name(), true, false, false, arguments(queue));
        channel.queueBind(queue.name(), groupsExchange(topic.name()), RabbitMapping.partitionKey(queue.partition()));
        if (!topic.competing() && queue.partition() == 0) {
            channel.queueBind(queue.name(), unpartitionedExchange(topic.name(), topic.partitions()), "");
        }
    }

    private static Map<String, Object> arguments(RabbitQueue queue) {
        Map<String, Object> arguments = new HashMap<>(Map.of("x-queue-type", "quorum"));
        arguments.put("x-delivery-limit", NEVER_REACHED);
        if (queue.singleActive()) {
            arguments.put("x-single-active-consumer", true);
        }
        if (!queue.topic().endsWith(".dlq")) { // dead letters have no dead letters
            arguments.put("x-dead-letter-exchange", Topic.deadLettersOf(queue.topic(), queue.group()));
            arguments.put("x-dead-letter-strategy", "at-least-once");
            arguments.put("x-overflow", "reject-publish"); // without it, at-least-once is silently at-most-once
        }
        return arguments;
    }

    private MessagingException explain(Topic topic, Exception e) {
        if (RabbitFailures.code(e) != AMQP.PRECONDITION_FAILED) {
            return RabbitFailures.failure("Topic '" + topic.name() + "' could not be declared on RabbitMQ", e);
        }
        return new TopicMismatch(connections).than(topic, e);
    }
}
