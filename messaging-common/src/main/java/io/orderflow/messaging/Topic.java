package io.orderflow.messaging;

import java.util.regex.Pattern;

/**
 * A named stream of messages.
 *
 * @param name letters, digits, dots, hyphens and underscores, at most 200 of them: what every broker allows
 * @param partitions how many members of one group can share the topic with each key in order, where
 *     {@link BrokerTraits#orderAcrossMembers()}; other brokers ignore it. It cannot be changed once the topic exists
 */
public record Topic(String name, int partitions) {

    /** Enough for a few instances with a few members each. */
    public static final int DEFAULT_PARTITIONS = 6;

    private static final String DEAD_LETTERS_SUFFIX = ".dlq";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

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

    /** A topic with {@link #DEFAULT_PARTITIONS}. */
    public static Topic named(String name) {
        return new Topic(name, DEFAULT_PARTITIONS);
    }

    /** The same topic with another number of partitions. */
    public Topic withPartitions(int number) {
        return new Topic(name, number);
    }

    /** Where a group's failed messages wait for another try: read by that group alone. */
    public static String retryOf(String topic, String group) {
        return topic + "." + group + ".retry";
    }

    /** Where a group's messages end that it cannot handle. */
    public static String deadLettersOf(String topic, String group) {
        return topic + "." + group + DEAD_LETTERS_SUFFIX;
    }

    /** Whether this is a topic of {@link #deadLettersOf}, where messages are larger and are kept until people decide. */
    public boolean isDeadLetters() {
        return name.endsWith(DEAD_LETTERS_SUFFIX);
    }
}
