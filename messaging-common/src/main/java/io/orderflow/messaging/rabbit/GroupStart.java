package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.io.IOException;

/**
 * Whether a group that is new has missed anything. RabbitMQ keeps a message for the queues that are bound when it is sent, and
 * for nobody else. So a producer leaves a mark before it first sends to a topic, the durable exchange {@code <topic>:sent-to},
 * which no topic can be named; and a new group that is to see everything is refused where there is one. Certain to miss
 * nothing is a group that the producer names: one that is declared in the same moment as the first message is sent may
 * miss that one.
 */
final class GroupStart {

    private interface ChannelCallback {
        void with(Channel channel) throws IOException;
    }

    private final RabbitConnections connections;
    private final ExistingTopology existing;

    GroupStart(RabbitConnections connections) {
        this.connections = connections;
        this.existing = new ExistingTopology(connections);
    }

    /** Says that somebody is about to send. A user who may not declare anything leaves no mark. */
    void mark(Topic topic) {
        if (!belongsToOneGroup(topic) && !existing.hasExchange(marker(topic.name()))) {
            onChannel(channel -> channel.exchangeDeclare(marker(topic.name()), BuiltinExchangeType.FANOUT, true));
        }
    }

    /** Before the topic is declared: where it is not there, nothing is left of what was sent, and every group is in time. */
    void forgetIfGone(Topic topic) {
        if (existing.hasExchange(marker(topic.name())) && !existing.hasExchange(topic.name())) {
            onChannel(channel -> channel.exchangeDelete(marker(topic.name())));
        }
    }

    /**
     * Makes sure that a group can begin where it is to begin.
     *
     * @throws MessagingException if it is new, is to see everything and comes too late
     */
    void require(Topic topic, String group, StartPosition start) {
        boolean late = start == StartPosition.EARLIEST
                && !belongsToOneGroup(topic)
                && !isThere(topic, group)
                && existing.hasExchange(marker(topic.name()))
                && existing.hasExchange(topic.name())
                && !isThere(topic, group); // a producer that names the group declares it, and then leaves its mark
        if (late) {
            throw new MessagingException(
                    "Group '" + group + "' is new on topic '" + topic.name()
                            + "', to which messages have been sent already; RabbitMQ keeps them for the groups that it knew."
                            + " Nothing was declared. Set messaging.subscriptions." + topic.name() + "." + group
                            + ".start=latest to begin with what is sent from now on. To miss nothing, a group is named with"
                            + " its topic before anything is sent (messaging.topics." + topic.name()
                            + ".groups, where it is sent).",
                    null);
        }
    }

    private boolean isThere(Topic topic, String group) {
        return RabbitQueue.of(topic, group).stream().anyMatch(queue -> existing.hasQueue(queue.name()));
    }

    static String marker(String topic) {
        return topic + ":sent-to";
    }

    /** Retries and dead letters go to a group that has begun. */
    private static boolean belongsToOneGroup(Topic topic) {
        return topic.isRetries() || topic.isDeadLetters();
    }

    private void onChannel(ChannelCallback work) {
        Channel channel = connections.openForConsuming();
        try {
            work.with(channel);
        } catch (IOException | ShutdownSignalException e) {
            if (RabbitFailures.code(e) != AMQP.ACCESS_REFUSED) {
                throw RabbitFailures.failure("RabbitMQ does not remember which topics were sent to", e);
            }
        } finally {
            RabbitFailures.abandon(channel);
        }
    }
}
