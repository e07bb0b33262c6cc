package io.orderflow.messaging;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named stream of messages.
 *
 * <p>The members of a group share it in one of two ways. Of a <em>keyed</em> topic each member reads some of the
 * partitions; a key belongs to one partition, so each key stays in order however many members there are, and no more
 * members than partitions are at work. Of a <em>competing</em> one, a work queue, each message goes to whoever is free,
 * in no order.
 *
 * @param name letters, digits, dots, hyphens and underscores, at most 200 of them: what every broker allows
 * @param partitions how many members of one group can share the topic. It cannot be changed once the topic exists.
 *     Where a broker lets members compete without partitions, a competing topic has none
 * @param competing whether members compete for single messages instead of sharing partitions
 * @param retention how long a broker that deletes by age keeps a message; null: as long as it does by default, and dead
 *     letters for ever. Brokers that delete what every group has read have no use for it
 */
public record Topic(
        String name,
        int partitions,
        boolean competing,
        @Nullable Duration retention) {

    /** Enough for a few instances with a few members each. */
    public static final int DEFAULT_PARTITIONS = 6;

    private static final String RETRY_SUFFIX = ".retry";
    private static final String DEAD_LETTERS_SUFFIX = ".dlq";

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

    public Topic(String name, int partitions, boolean competing) {
        this(name, partitions, competing, null);
    }

    /** A topic with {@link #DEFAULT_PARTITIONS}: keyed, unless it is one of retries or of dead letters. */
    public static Topic named(String name) {
        boolean competing = name.endsWith(RETRY_SUFFIX) || name.endsWith(DEAD_LETTERS_SUFFIX);
        return new Topic(name, DEFAULT_PARTITIONS, competing);
    }

    /** The same topic with another number of partitions. */
    public Topic withPartitions(int number) {
        return new Topic(name, number, competing, retention);
    }

    /** The same topic, whose groups' members compete for single messages. */
    public Topic asWorkQueue() {
        return new Topic(name, partitions, true, retention);
    }

    /** The same topic, whose messages are kept for so long. */
    public Topic keptFor(Duration time) {
        return new Topic(name, partitions, competing, time);
    }

    /**
     * A group of a topic in one name, {@code orders.inventory}, from which everything is derived that a broker keeps for it.
     * No other topic and group have the same one: after the last dot is the group.
     *
     * @throws IllegalArgumentException if the group's name has other characters than letters, digits, '-' and '_', or only
     *     digits, as names of partitions have, or is {@code retry} or {@code dlq}
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

    /** Where a group's failed messages wait for another try: read by that group alone. */
    public static String retryOf(String topic, String group) {
        return groupOf(topic, group) + RETRY_SUFFIX;
    }

    /** Where a group's messages end that it cannot handle. */
    public static String deadLettersOf(String topic, String group) {
        return groupOf(topic, group) + DEAD_LETTERS_SUFFIX;
    }

    /** Whether this is a topic of {@link #retryOf}, which belongs to its group. */
    public boolean isRetries() {
        return name.endsWith(RETRY_SUFFIX);
    }

    /** Whether this is a topic of {@link #deadLettersOf}, where messages are larger. */
    public boolean isDeadLetters() {
        return name.endsWith(DEAD_LETTERS_SUFFIX);
    }
}
