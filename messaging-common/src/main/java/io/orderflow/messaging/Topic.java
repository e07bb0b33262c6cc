package io.orderflow.messaging;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named stream of messages.
 *
 * <p>The members of a group share it in one of two ways. Of a <em>keyed</em> topic each member reads some of the partitions. A key
 * belongs to one partition, so its messages stay in order with any number of members; members beyond the number of partitions are
 * idle. Of a <em>competing</em> topic, a work queue, each message goes to any free member, in no order. A <em>broadcast</em> topic
 * has no groups: each receiver that is subscribed gets each message, in order, and nothing is kept for others ({@link
 * MessageBroker#broadcastConsumer}).
 *
 * @param name 1 to 200 letters, digits, dots, hyphens and underscores, which every broker allows
 * @param partitions how many members of one group can share the topic. It cannot be changed once the topic exists. A work queue
 *     has none on a broker whose members compete without partitions
 * @param kind who gets its messages
 * @param retention how long the broker keeps a message, whether or not every group has read it; null: its default, which is none
 *     where it deletes what every group has read, and for ever for dead letters. The {@linkplain MessageHistory history} of a keyed
 *     topic or a work queue begins so long ago
 * @param retentionBytes the most bytes that it keeps; 0: without a limit. Redis limits by time alone
 */
public record Topic(
        String name, int partitions, Kind kind, @Nullable Duration retention, long retentionBytes) {

    /** Who gets the messages of a topic. */
    public enum Kind {
        /** One member of each group, the same one for all messages of a key. */
        KEYED,
        /** Any one member of each group. */
        WORK_QUEUE,
        /** Every receiver that is subscribed at the time. */
        BROADCAST
    }

    /** Where broadcasts are written to a log: long enough for a receiver that is slow. */
    private static final Duration BROADCAST_RETENTION = Duration.ofHours(1);

    /** Enough for a few instances with a few members each. */
    public static final int DEFAULT_PARTITIONS = 6;

    private static final String RETRY_SUFFIX = ".retry";
    private static final String DEAD_LETTERS_SUFFIX = ".dlq";
    private static final String REPLIES_SUFFIX = ".replies";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern GROUP = Pattern.compile("(?!(retry|dlq|[0-9]+)$)[A-Za-z0-9_-]+");

    public Topic {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A topic's name is made of 1 to 200 letters, digits, '.', '_' and '-'; '" + name + "' is not.");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "Topic '" + name + "' needs at least 1 partition; " + partitions + " were asked for.");
        }
    }

    /**
     * A topic with {@link #DEFAULT_PARTITIONS}: a work queue if its name is that of retries or dead letters, a broadcast if it is
     * that of {@link #repliesTo}, keyed otherwise.
     */
    public static Topic named(String name) {
        if (name.endsWith(REPLIES_SUFFIX)) {
            return new Topic(name, 1, Kind.BROADCAST, BROADCAST_RETENTION, 0);
        }
        boolean competing = name.endsWith(RETRY_SUFFIX) || name.endsWith(DEAD_LETTERS_SUFFIX);
        return new Topic(name, DEFAULT_PARTITIONS, competing ? Kind.WORK_QUEUE : Kind.KEYED, null, 0);
    }

    /** The same topic with another number of partitions. */
    public Topic withPartitions(int number) {
        return new Topic(name, number, kind, retention, retentionBytes);
    }

    /** The same topic as a work queue. */
    public Topic asWorkQueue() {
        return new Topic(name, partitions, Kind.WORK_QUEUE, retention, retentionBytes);
    }

    /** The same topic with this retention. */
    public Topic keptFor(Duration time) {
        return new Topic(name, partitions, kind, time, retentionBytes);
    }

    /** The same topic with this limit of what is kept; 0: without a limit. */
    public Topic keptWithin(long bytes) {
        return new Topic(name, partitions, kind, retention, bytes);
    }

    /** Whether its messages are to be kept after every group has read them. */
    public boolean keepsHistory() {
        return retention != null && !isBroadcast() && !isRetries() && !isDeadLetters();
    }

    /** The same topic as one of broadcasts, with a single partition. */
    public Topic asBroadcast() {
        return new Topic(name, 1, Kind.BROADCAST, BROADCAST_RETENTION, 0);
    }

    /** Whether members compete for single messages instead of sharing partitions. */
    public boolean competing() {
        return kind == Kind.WORK_QUEUE;
    }

    /** Whether every receiver gets every message, and none is kept. */
    public boolean isBroadcast() {
        return kind == Kind.BROADCAST;
    }

    /**
     * The unique name of a group of a topic, {@code orders.inventory}, from which adapters derive their own names. The group is what
     * follows the last dot.
     *
     * @throws IllegalArgumentException if the group's name has other characters than letters, digits, '-' and '_', consists of
     *     digits only, as partitions' names do, or is {@code retry} or {@code dlq}
     */
    public static String groupOf(String topic, String group) {
        if (!GROUP.matcher(group).matches()) {
            throw new IllegalArgumentException(
                    "'" + group + "' cannot be the name of a group on topic '" + topic + "', because what belongs to"
                            + " different groups could have one name on the broker. A group's name is made of letters,"
                            + " digits, '_' and '-', not of digits alone, and is neither 'retry' nor 'dlq'. It is stated"
                            + " where the subscription is made, or by messaging.topics." + topic + ".groups.");
        }
        return topic + "." + group;
    }

    /** The topic of a group's failed messages that are retried: read by that group only. */
    public static String retryOf(String topic, String group) {
        return groupOf(topic, group) + RETRY_SUFFIX;
    }

    /** The topic of the messages that a group could not handle. */
    public static String deadLettersOf(String topic, String group) {
        return groupOf(topic, group) + DEAD_LETTERS_SUFFIX;
    }

    /** Where replies to the instances of an application go: broadcasts with an address. */
    public static String repliesTo(String application) {
        return application + REPLIES_SUFFIX;
    }

    /** Whether this is a topic of {@link #retryOf}, which belongs to its group. */
    public boolean isRetries() {
        return name.endsWith(RETRY_SUFFIX);
    }

    /** The name of the topic that the messages were sent to first: that of the group, for its retries and dead letters. */
    public String origin() {
        if (!isRetries() && !isDeadLetters()) {
            return name;
        }
        String ofGroup = name.substring(0, name.lastIndexOf('.'));
        return ofGroup.substring(0, Math.max(ofGroup.lastIndexOf('.'), 0));
    }

    /** Whether this is a topic of {@link #deadLettersOf}, where messages are larger. */
    public boolean isDeadLetters() {
        return name.endsWith(DEAD_LETTERS_SUFFIX);
    }
}
