package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.TopicUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a topic. The stream of its first partition has the topic's name, so that a producer that does not know
 * partitions can add to it; the others are {@code orders:1} and so on. A work queue has one stream.
 */
record RedisTopic(Topic topic) {

    private static final char SEPARATOR = ':';
    private static final String WORK_QUEUE = "work queue";

    /** The topic that a stream belongs to. */
    static String nameOf(String stream) {
        int end = stream.indexOf(SEPARATOR);
        return end < 0 ? stream : stream.substring(0, end);
    }

    /** How many streams there are. */
    int size() {
        return topic.competing() ? 1 : topic.partitions();
    }

    String stream(int partition) {
        return partition == 0 ? topic.name() : topic.name() + SEPARATOR + partition;
    }

    List<String> streams() {
        return IntStream.range(0, size()).mapToObj(this::stream).toList();
    }

    /** The Pub/Sub channel of broadcasts, {@code prices}, or of those with an address, {@code orders.replies:1f3a}. */
    String channel(@Nullable String address) {
        return address == null ? topic.name() : topic.name() + SEPARATOR + address;
    }

    /** How many milliseconds the entries of a topic are kept, also acknowledged ones; absent if these need not be kept. */
    static String retention(String topic) {
        return "messaging:retention:" + topic;
    }

    /** Whether an application has declared the topic with a retention. */
    boolean keepsHistory(Link control) {
        return control.ask(
                        "Reading the retention of topic " + topic.name(),
                        c -> c.async().exists(retention(topic.name())))
                > 0;
    }

    /** The set of members of a group. */
    String members(String group) {
        return "messaging:members:" + topic.name() + SEPARATOR + group;
    }

    /** The hash of the owners of partitions. */
    String owners(String group) {
        return "messaging:owners:" + topic.name() + SEPARATOR + group;
    }

    /**
     * Records the topic's partitioning, and its retention if it has one, and creates groups that do not exist yet. A producer and a consumer that disagree
     * about the partitioning would break the order of keys, or lose messages.
     *
     * @throws TopicUnavailableException if the topic is recorded with another partitioning
     */
    void declare(Link control, StartPosition start, String... groups) {
        String record = "messaging:topic:" + topic.name();
        String partitioning = topic.competing() ? WORK_QUEUE : Integer.toString(topic.partitions());
        List<String> keys = new ArrayList<>(streams());
        keys.add(0, record);
        List<String> arguments = new ArrayList<>(List.of(partitioning, start == StartPosition.EARLIEST ? "0" : "$"));
        Collections.addAll(arguments, groups);
        String recorded = control.run("Declaring topic " + topic.name(), Script.DECLARE, keys, arguments);
        Duration retention = topic.keepsHistory() ? topic.retention() : null;
        if (retention != null) {
            byte[] millis = Long.toString(retention.toMillis()).getBytes(UTF_8);
            control.ask("Declaring topic " + topic.name(), c -> c.async().set(retention(topic.name()), millis));
        }
        if (!recorded.equals(partitioning)) {
            throw new TopicUnavailableException(
                    "Topic '" + topic.name() + "' exists with " + describe(recorded) + ", and was declared with "
                            + describe(partitioning) + ". This cannot be changed while it has messages. Restore the"
                            + " previous settings in messaging.topics." + topic.name()
                            + "; or, once every group has read"
                            + " everything, stop the services and delete the key " + record + ".",
                    null);
        }
    }

    private static String describe(String partitioning) {
        return partitioning.equals(WORK_QUEUE) ? "no partitions, as a work queue" : partitioning + " partitions";
    }
}
