package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.MissedMessagesException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitConnections.ChannelCallback;

/**
 * Detects that a new group has missed messages. RabbitMQ keeps a message only for queues that are bound when it is published.
 * So a producer declares the durable exchange {@code <topic>:sent-to}, which can be no topic's, before it first sends; and a new
 * group that is to start with the earliest message is refused where that exchange exists. Groups that the producer declares
 * miss nothing. Another group that is declared at the same moment as the first message is sent may miss that message.
 */
final class GroupStart {

    private final RabbitConnections connections;
    private final TopologyInspection inspection;

    GroupStart(RabbitConnections connections) {
        this.connections = connections;
        this.inspection = new TopologyInspection(connections);
    }

    static String marker(String topic) {
        return topic + ":sent-to";
    }

    /** Marks a topic as sent to, unless the user may not declare exchanges. */
    void mark(Topic topic) {
        String marker = marker(topic.name());
        if (!belongsToOneGroup(topic) && !inspection.hasExchange(marker)) {
            configure(channel -> channel.exchangeDeclare(marker, BuiltinExchangeType.FANOUT, true));
        }
    }

    /** Removes the mark of a topic that was deleted, before it is declared again: no group can have missed anything. */
    void clearIfDeleted(Topic topic) {
        String marker = marker(topic.name());
        if (inspection.hasExchange(marker) && !inspection.hasExchange(topic.name())) {
            configure(channel -> channel.exchangeDelete(marker));
        }
    }

    /** @throws MissedMessagesException if the group is new, is to start with the earliest message and may have missed it */
    void require(Topic topic, String group, StartPosition start) {
        boolean late = start == StartPosition.EARLIEST
                && !belongsToOneGroup(topic)
                && !exists(topic, group)
                && inspection.hasExchange(marker(topic.name()))
                && inspection.hasExchange(topic.name())
                && !exists(topic, group); // a producer declares its groups before the mark
        if (late) {
            throw new MissedMessagesException("Group '" + group + "' is new on topic '" + topic.name()
                    + "', to which messages have been sent already; RabbitMQ keeps them for existing groups only."
                    + " Nothing was declared. Set messaging.subscriptions." + topic.name() + "." + group
                    + ".start=latest to start with what is sent from now on. To miss nothing, declare the group with"
                    + " its topic before anything is sent (messaging.topics." + topic.name()
                    + ".groups, in the sending application).");
        }
    }

    private boolean exists(Topic topic, String group) {
        return RabbitQueue.of(topic, group).stream().anyMatch(queue -> inspection.hasQueue(queue.name()));
    }

    /** Retry and dead-letter topics are sent to by or for a group that has started. */
    private static boolean belongsToOneGroup(Topic topic) {
        return topic.isRetries() || topic.isDeadLetters();
    }

    private void configure(ChannelCallback<?> change) {
        try {
            connections.execute("RabbitMQ could not record that a topic was sent to", change);
        } catch (MessagingException e) {
            if (RabbitFailures.code(e) != AMQP.ACCESS_REFUSED) {
                throw e;
            }
        }
    }
}
