package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration knows of topics: how many partitions each has, and which groups must not miss anything even
 * before they are first started.
 *
 * @param deadLetterRetention how long the broker keeps dead letters, which are collected from it; null: they are not, and
 *     stay there
 */
public record TopicCatalog(
        Map<String, Entry> entries, @Nullable Duration deadLetterRetention) {

    /** The group that every topic of dead letters is declared with, so that no broker drops them. */
    public static final String DEAD_LETTERS = "dead-letters";

    /**
     * What is known of one topic.
     *
     * @param partitions see {@link Topic#partitions()}
     * @param workQueue see {@link Topic#competing()}
     * @param groups declared with the topic, before anything is sent to it
     */
    public record Entry(int partitions, boolean workQueue, List<String> groups) {}

    public TopicCatalog(Map<String, Entry> entries) {
        this(entries, null);
    }

    Topic topic(String name) {
        Entry entry = entries.get(name);
        Topic topic = Topic.named(name);
        if (topic.isDeadLetters() && deadLetterRetention != null) {
            topic = topic.keptFor(deadLetterRetention);
        }
        if (entry == null) {
            return topic;
        }
        topic = topic.withPartitions(entry.partitions());
        return entry.workQueue() ? topic.asWorkQueue() : topic;
    }

    String[] groups(String name) {
        if (name.endsWith(".dlq")) {
            return new String[] {DEAD_LETTERS};
        }
        Entry entry = entries.get(name);
        return entry == null ? new String[0] : entry.groups().toArray(String[]::new);
    }
}
