package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configured topics: the partitions of each, and the groups that must not miss a message even before they are first
 * started.
 *
 * @param deadLetterRetention how long the broker keeps dead letters that are collected; null if they are not collected
 */
public record TopicCatalog(
        Map<String, Entry> entries, @Nullable Duration deadLetterRetention) {

    /** The group with which every dead-letter topic is declared, so that no broker drops dead letters. */
    public static final String DEAD_LETTERS = "dead-letters";

    /**
     * A configured topic.
     *
     * @param partitions see {@link Topic#partitions()}
     * @param workQueue see {@link Topic#competing()}
     * @param broadcast see {@link Topic#isBroadcast()}
     * @param retention see {@link Topic#retention()}
     * @param retentionBytes see {@link Topic#retentionBytes()}
     * @param groups declared with the topic, before anything is sent to it
     */
    public record Entry(
            int partitions,
            boolean workQueue,
            boolean broadcast,
            @Nullable Duration retention,
            long retentionBytes,
            List<String> groups) {

        public Entry(int partitions, boolean workQueue, List<String> groups) {
            this(partitions, workQueue, false, null, 0, groups);
        }
    }

    public TopicCatalog(Map<String, Entry> entries) {
        this(entries, null);
    }

    /** The topic of this name as the configuration describes it. */
    public Topic topic(String name) {
        Entry entry = entries.get(name);
        Topic topic = Topic.named(name);
        if (topic.isDeadLetters() && deadLetterRetention != null) {
            topic = topic.keptFor(deadLetterRetention);
        }
        if (entry == null) {
            return topic;
        }
        if (entry.broadcast()) {
            return topic.asBroadcast();
        }
        topic = topic.withPartitions(entry.partitions()).keptWithin(entry.retentionBytes());
        topic = entry.retention() == null ? topic : topic.keptFor(entry.retention());
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
