package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.orderflow.messaging.MessageFilter;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares exchanges and queues. Messages are published to a durable topic exchange with the topic's name, with any routing
 * key. It is bound to the exchange {@code <topic>.groups}, and that to the groups' quorum queues:
 *
 * <ul>
 *   <li>For a work queue it is a fanout exchange, and a group is one queue, {@code <topic>.<group>}.
 *   <li>For a keyed topic it is a direct exchange, and a group is a queue per partition, {@code <topic>.<group>.<n>}, with a
 *       single active consumer. A message names its partition by a further routing key, in the {@code CC} header. One without
 *       an existing partition goes to the alternate exchange {@code <topic>.unpartitioned-of-<P>} and so to partition 0. As
 *       RabbitMQ compares alternate exchanges, a declaration with another number of partitions is refused.
 * </ul>
 *
 * <p>A group with a filter is bound to exchanges of its own instead of {@code <topic>.groups}: {@link FilteredGroup}.
 *
 * <p>A topic with a retention has a stream beside its queues: {@link HistoryStream}.
 *
 * <p>A broadcast topic is the topic exchange alone; each receiver binds an exclusive queue to it.
 *
 * <p>The delivery limit is set to what is never reached. With RabbitMQ's default of 20 (from 4.0), messages of a consumer that
 * is closed repeatedly, in an outage of a database, would be lost; without a limit, RabbitMQ requeues behind all other messages.
 * What an operator's policy dead-letters goes to the group's dead-letter topic, at least once.
 */
final class RabbitTopology {

    private static final Logger log = LoggerFactory.getLogger(RabbitTopology.class);

    private static final int UNREACHABLE_LIMIT = Integer.MAX_VALUE;

    private final RabbitConnections connections;
    private final TopologyInspection inspection;
    private final GroupStart start;
    private final Map<Topic, Set<String>> declared = new ConcurrentHashMap<>();
    private final Set<Topic> marked = ConcurrentHashMap.newKeySet();

    RabbitTopology(RabbitConnections connections) {
        this.connections = connections;
        this.inspection = new TopologyInspection(connections);
        this.start = new GroupStart(connections);
    }

    static String groupsExchange(String topic) {
        return topic + ".groups";
    }

    static String unpartitionedExchange(String topic, int partitions) {
        return topic + ".unpartitioned-of-" + partitions;
    }

    /** Whether an application has declared the topic with a retention. */
    boolean hasHistory(Topic topic) {
        return inspection.hasQueue(HistoryStream.name(topic));
    }

    static List<String> exchanges(Topic topic) {
        String name = topic.name();
        return topic.competing()
                ? List.of(name, groupsExchange(name))
                : List.of(name, groupsExchange(name), unpartitionedExchange(name, topic.partitions()));
    }

    /** See {@link GroupStart#require}. A group that this process has declared has missed nothing, whatever was deleted. */
    void requireStart(Topic topic, String group, StartPosition position) {
        if (!declared.getOrDefault(topic, Set.of()).contains(group)) {
            start.require(topic, group, position);
        }
    }

    /** Declares a topic before the first message is sent to it. */
    void declareForProducer(Topic topic) {
        if (!declared.containsKey(topic)) {
            declare(topic, List.of());
        }
        if (!topic.isBroadcast() && !marked.contains(topic)) {
            start.mark(topic);
            marked.add(topic);
        }
    }

    /** Declares again what this process has declared of a topic, because a part of it was deleted. */
    void restore(Topic topic) {
        marked.remove(topic);
        declare(topic, declared.getOrDefault(topic, Set.of()));
    }

    /** Declares a group for a member of it, which knows its filter. */
    synchronized void subscribe(Topic topic, String group, MessageFilter filter) {
        declare(topic, List.of(group));
        FilteredGroup filtered = new FilteredGroup(topic, group);
        if (filter.isNone() && !inspection.hasExchange(filtered.exchange())) {
            return;
        }
        try {
            connections.execute(
                    "The filter of " + group + " on " + topic.name() + " could not be declared", channel -> {
                        if (filter.isNone()) {
                            bindToAll(channel, topic, group);
                            filtered.remove(channel);
                        } else {
                            filtered.declare(channel, filter);
                        }
                        return group;
                    });
        } catch (MessagingException e) {
            if (RabbitFailures.code(e) != AMQP.ACCESS_REFUSED) {
                throw e;
            }
            log.warn(
                    "{}. The group gets what its bindings select now, which may be another filter. Start it once with a user"
                            + " who may configure these exchanges.",
                    e.getMessage());
        }
    }

    /** Declares groups as they are: one with a filter keeps it, as only its members know the filter. */
    void declare(Topic topic, Collection<String> groups) {
        Set<String> withFilter = groups.stream()
                .filter(each -> inspection.hasExchange(new FilteredGroup(topic, each).exchange()))
                .collect(Collectors.toSet());
        if (!topic.isBroadcast() && !declared.containsKey(topic)) {
            start.clearIfDeleted(topic);
        }
        boolean newHistory = topic.keepsHistory() && !hasHistory(topic);
        try {
            connections.execute("Topic '" + topic.name() + "' could not be declared on RabbitMQ", channel -> {
                declareExchanges(channel, topic);
                if (newHistory) {
                    HistoryStream.declare(channel, topic);
                }
                for (String group : groups) {
                    for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                        declareQueue(channel, queue, withFilter.contains(group));
                    }
                }
                return topic;
            });
        } catch (MessagingException e) {
            switch (RabbitFailures.code(e)) {
                case AMQP.ACCESS_REFUSED -> inspection.requireExists(topic, groups, e);
                case AMQP.PRECONDITION_FAILED -> throw inspection.mismatch(topic, e);
                default -> throw e;
            }
        }
        declared.computeIfAbsent(topic, any -> ConcurrentHashMap.newKeySet()).addAll(groups);
    }

    private static void declareExchanges(Channel channel, Topic topic) throws IOException {
        String name = topic.name();
        String groups = groupsExchange(name);
        channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true);
        if (topic.isBroadcast()) {
            return;
        }
        if (topic.competing()) {
            channel.exchangeDeclare(groups, BuiltinExchangeType.FANOUT, true);
        } else {
            String unpartitioned = unpartitionedExchange(name, topic.partitions());
            channel.exchangeDeclare(
                    groups, BuiltinExchangeType.DIRECT, true, false, Map.of("alternate-exchange", unpartitioned));
            channel.exchangeDeclare(unpartitioned, BuiltinExchangeType.FANOUT, true);
        }
        channel.exchangeBind(groups, name, "#");
    }

    private static void declareQueue(Channel channel, RabbitQueue queue, boolean hasFilter) throws IOException {
        channel.queueDeclare(queue.name(), true, false, false, arguments(queue));
        if (hasFilter) {
            new FilteredGroup(queue.topic(), queue.group()).bind(channel, queue);
        } else {
            bindToAll(channel, queue);
        }
    }

    static void bindToAll(Channel channel, Topic topic, String group) throws IOException {
        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
            bindToAll(channel, queue);
        }
    }

    private static void bindToAll(Channel channel, RabbitQueue queue) throws IOException {
        Topic topic = queue.topic();
        channel.queueBind(queue.name(), groupsExchange(topic.name()), RabbitHeaders.partitionKey(queue.partition()));
        if (isUnpartitioned(queue)) {
            channel.queueBind(queue.name(), unpartitionedExchange(topic.name(), topic.partitions()), "");
        }
    }

    static void unbindFromAll(Channel channel, Topic topic, String group) throws IOException {
        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
            String key = RabbitHeaders.partitionKey(queue.partition());
            channel.queueUnbind(queue.name(), groupsExchange(topic.name()), key);
            if (isUnpartitioned(queue)) {
                channel.queueUnbind(queue.name(), unpartitionedExchange(topic.name(), topic.partitions()), "");
            }
        }
    }

    /** Whether a queue receives the messages without a partition. */
    static boolean isUnpartitioned(RabbitQueue queue) {
        return !queue.topic().competing() && queue.partition() == 0;
    }

    private static Map<String, Object> arguments(RabbitQueue queue) {
        Map<String, Object> arguments = new HashMap<>(Map.of("x-queue-type", "quorum"));
        arguments.put("x-delivery-limit", UNREACHABLE_LIMIT);
        if (queue.singleActive()) {
            arguments.put("x-single-active-consumer", true);
        }
        if (!queue.topic().isDeadLetters()) {
            arguments.put(
                    "x-dead-letter-exchange", Topic.deadLettersOf(queue.topic().name(), queue.group()));
            arguments.put("x-dead-letter-strategy", "at-least-once");
            arguments.put("x-overflow", "reject-publish"); // at-least-once silently becomes at-most-once without it
        }
        return arguments;
    }
}
