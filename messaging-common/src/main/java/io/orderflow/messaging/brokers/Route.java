package io.orderflow.messaging.brokers;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broker that the messages of a topic are sent to, and one from which those that were sent before are drained.
 *
 * @param broker new messages are sent to it
 * @param drained nothing is sent to it any more by this application; null if there is no such broker
 */
public record Route(MessageBroker broker, @Nullable MessageBroker drained) {

    /** One or both, the one that is sent to first. */
    public List<MessageBroker> brokers() {
        return Stream.of(broker, drained).filter(Objects::nonNull).toList();
    }

    /** A new member of a group, as {@link MessageBroker#consumer}; the caller subscribes it to this topic first. */
    public MessageConsumer<String, byte[]> consumer(Topic topic, String group, ConsumerOptions options) {
        MessageConsumer<String, byte[]> member = broker.consumer(group, options);
        if (drained == null) {
            return member;
        }
        return topic.competing()
                ? new MergingConsumer(drained.consumer(group, options), member)
                : new DrainingConsumer(
                        () -> drained.consumer(group, options), member, () -> backlog(drained, topic, group));
    }

    /** A new receiver of broadcasts, as {@link MessageBroker#broadcastConsumer}. */
    public MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        MessageConsumer<String, byte[]> receiver = broker.broadcastConsumer(options);
        return drained == null ? receiver : new MergingConsumer(drained.broadcastConsumer(options), receiver);
    }

    private static @Nullable GroupBacklog backlog(MessageBroker broker, Topic topic, String group) {
        return broker.groups().of(topic, List.of(group)).stream()
                .filter(each -> each.group().equals(group))
                .findFirst()
                .orElse(null);
    }
}
