package io.orderflow.messaging.memory;

import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All messages of a topic, and the log of each of its groups. Guarded by the store. */
final class TopicLog {

    private final Topic topic;
    private final Map<String, GroupLog> groups = new HashMap<>();
    private final List<StoredMessage> all = new ArrayList<>();

    TopicLog(Topic topic) {
        this.topic = topic;
    }

    /** @throws MessagingException if this is another kind of topic, or has another number of partitions */
    void requireSame(Topic declared) {
        if (topic.partitions() != declared.partitions() || topic.competing() != declared.competing()) {
            throw new MessagingException(
                    "Topic '" + topic.name() + "' has " + kind(topic) + ", and is now declared with " + kind(declared)
                            + ". That cannot be changed once a topic exists.",
                    null);
        }
    }

    private static String kind(Topic topic) {
        return topic.partitions() + (topic.competing() ? " partitions, as a work queue" : " keyed partitions");
    }

    void declareGroup(String name, StartPosition start) {
        groups.computeIfAbsent(
                name, any -> new GroupLog(topic, start == StartPosition.EARLIEST ? all : List.<StoredMessage>of()));
    }

    void append(Message<String, byte[]> message) {
        int partition = KeyPartition.of(message.key(), topic.partitions());
        StoredMessage stored = new StoredMessage(topic.name(), partition, all.size(), message);
        all.add(stored);
        groups.values().forEach(group -> group.put(stored));
    }

    /** A copy of the messages from there to the end. */
    List<StoredMessage> since(HistoryStart start) {
        Instant time = start.time();
        String position = start.position();
        if (position == null) {
            return all.stream()
                    .filter(each -> time == null || !each.message().timestamp().isBefore(time))
                    .toList();
        }
        long offset = HistoryStart.offset(position, topic.name());
        String partition = position.substring(0, position.lastIndexOf('@') + 1);
        return all.stream()
                .filter(each -> each.offset() >= offset && each.position().startsWith(partition))
                .toList();
    }

    Map<String, GroupLog> groups() {
        return groups;
    }
}
