package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queues of a topic's groups. RabbitMQ does not list queues to its clients, so only named groups are found. */
record RabbitGroups(RabbitConnections connections) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        List<GroupBacklog> groups = new ArrayList<>();
        for (String group : names) {
            GroupBacklog backlog = backlog(topic, group);
            if (backlog != null) {
                groups.add(backlog);
            }
        }
        return groups;
    }

    /** What members have polled and not committed does not count: RabbitMQ only reports it to its management plug-in. */
    private @Nullable GroupBacklog backlog(Topic topic, String group) {
        return onChannel("Group '" + group + "' of topic '" + topic.name() + "' could not be examined", channel -> {
            long messages = 0;
            boolean hasMembers = false;
            for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                AMQP.Queue.DeclareOk state = channel.queueDeclarePassive(queue.name());
                messages += state.getMessageCount();
                hasMembers |= state.getConsumerCount() > 0;
            }
            return new GroupBacklog(group, messages, hasMembers);
        });
    }

    @Override
    public void remove(Topic topic, String group) {
        GroupBacklog backlog = backlog(topic, group);
        if (backlog != null && backlog.hasMembers()) {
            throw new MessagingException(
                    "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
        }
        onChannel("Group '" + group + "' of topic '" + topic.name() + "' could not be removed", channel -> {
            for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                channel.queueDelete(queue.name());
            }
            return group;
        });
    }

    /** Null if a queue is missing. */
    private <T> @Nullable T onChannel(String failure, Question<T> question) {
        Channel channel = connections.openForConsuming();
        try {
            return question.ask(channel);
        } catch (IOException | ShutdownSignalException e) {
            if (RabbitFailures.code(e) == AMQP.NOT_FOUND) {
                return null;
            }
            throw RabbitFailures.failure(failure, e);
        } finally {
            RabbitFailures.abandon(channel);
        }
    }

    private interface Question<T> {
        T ask(Channel channel) throws IOException;
    }
}
