package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** RabbitMQ does not list queues to its clients, so only groups that are named are found. */
record RabbitGroups(RabbitConnections connections) implements ConsumerGroups {

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        return names.stream().flatMap(group -> backlog(topic, group).stream()).toList();
    }

    /**
     * Unacknowledged messages do not count, as RabbitMQ shows them to its management plugin only. Empty if a queue of the
     * group is missing.
     */
    private Optional<GroupBacklog> backlog(Topic topic, String group) {
        try {
            return Optional.of(connections.execute(
                    "Group '" + group + "' of topic '" + topic.name() + "' could not be inspected", channel -> {
                        long messages = 0;
                        boolean hasMembers = false;
                        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                            AMQP.Queue.DeclareOk state = channel.queueDeclarePassive(queue.name());
                            messages += state.getMessageCount();
                            hasMembers |= state.getConsumerCount() > 0;
                        }
                        return new GroupBacklog(group, messages, hasMembers, false);
                    }));
        } catch (MessagingException e) {
            if (RabbitFailures.code(e) == AMQP.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void remove(Topic topic, String group) {
        if (backlog(topic, group).filter(GroupBacklog::hasMembers).isPresent()) {
            throw new MessagingException(
                    "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
        }
        connections.execute("Group '" + group + "' of topic '" + topic.name() + "' could not be removed", channel -> {
            for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
                channel.queueDelete(queue.name()); // succeeds as well if there is none
            }
            new FilteredGroup(topic, group).remove(channel);
            return group;
        });
    }
}
