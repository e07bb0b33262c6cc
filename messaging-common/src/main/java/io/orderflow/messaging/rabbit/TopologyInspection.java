package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.TopicUnavailableException;
import io.orderflow.messaging.rabbit.RabbitConnections.ChannelCallback;
import java.util.Collection;

/**
 * Inspects the topology by passive declarations, which need no permission to configure. They show which exchanges and queues
 * exist, and so the number of partitions, but neither bindings nor arguments.
 */
record TopologyInspection(RabbitConnections connections) {

    private static final int MAX_PARTITIONS = 256;

    /** False for a name that is too long for RabbitMQ. */
    boolean hasExchange(String name) {
        return RabbitHeaders.isShortString(name) && exists(channel -> channel.exchangeDeclarePassive(name));
    }

    boolean hasQueue(String name) {
        return exists(channel -> channel.queueDeclarePassive(name));
    }

    private boolean exists(ChannelCallback<?> passiveDeclaration) {
        try {
            connections.execute("RabbitMQ does not show what exists", passiveDeclaration);
            return true;
        } catch (MessagingException e) {
            if (RabbitFailures.code(e) == AMQP.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * For a user who may not declare.
     *
     * @throws TopicUnavailableException if a part is missing, and so has to be declared
     */
    void requireExists(Topic topic, Collection<String> groups, MessagingException refusal) {
        for (String exchange : RabbitTopology.exchanges(topic)) {
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

    private static MessagingException missing(Topic topic, String what, MessagingException refusal) {
        return new TopicUnavailableException(
                "Topic '" + topic.name() + "' needs " + what
                        + ", which does not exist on RabbitMQ, and this user may not declare it. Grant the user permission"
                        + " to configure it, or start the application once as a user who may: "
                        + RabbitFailures.reason(refusal),
                refusal);
    }

    /** What the broker's refusal to declare the topic means (406, PRECONDITION_FAILED). Nothing was changed on the broker. */
    MessagingException mismatch(Topic declared, MessagingException refusal) {
        String name = declared.name();
        String reason = RabbitFailures.reason(refusal);
        if (reason.contains("'type' for exchange '" + RabbitTopology.groupsExchange(name) + "'")) {
            return new TopicUnavailableException(
                    "Topic '" + name + "' is " + kind(!declared.competing())
                            + " on RabbitMQ, and this application declares it as " + kind(declared.competing())
                            + ". Nothing was changed; make the applications agree (messaging.topics." + name
                            + ".work-queue).",
                    refusal);
        }
        int partitions = !declared.competing() && reason.contains("'alternate-exchange'") ? partitionsOf(name) : 0;
        if (partitions > 0 && partitions != declared.partitions()) {
            return new TopicUnavailableException(
                    "Topic '" + name + "' has " + partitions + " partitions on RabbitMQ, and this application"
                            + " declares it with " + declared.partitions() + ". Nothing was changed, because keys"
                            + " would lose their order; make the applications agree (messaging.topics." + name
                            + ".partitions).",
                    refusal);
        }
        return new TopicUnavailableException(
                "RabbitMQ has topic '" + name + "' with other settings than this application needs. Nothing was"
                        + " changed; empty and delete the exchange or queue named here, and it is declared again: "
                        + reason,
                refusal);
    }

    private static String kind(boolean workQueue) {
        return workQueue ? "a work queue" : "a keyed topic";
    }

    /** The refusal names the number too, but RabbitMQ truncates its text. 0 if it is not found. */
    private int partitionsOf(String topic) {
        for (int partitions = 1; partitions <= MAX_PARTITIONS; partitions++) {
            if (hasExchange(RabbitTopology.unpartitionedExchange(topic, partitions))) {
                return partitions;
            }
        }
        return 0;
    }
}
