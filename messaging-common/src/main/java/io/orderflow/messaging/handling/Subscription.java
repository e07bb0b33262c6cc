package io.orderflow.messaging.handling;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Topic;
import java.util.List;

/**
 * A consumer group on a topic, or a receiver of its broadcasts.
 *
 * @param topic the topic; not one of a group's retries, which that group reads by itself
 * @param group the consumer group, as a rule the service's name; see {@link Topic#groupOf} for what it may be
 * @param members how many members this instance contributes to the group
 * @param options how each of them reads
 * @param broadcast whether this instance receives each broadcast of the topic; the group is then a name only, and there are
 *     neither retries nor dead letters
 */
public record Subscription(String topic, String group, int members, ConsumerOptions options, boolean broadcast) {

    /** What receivers of broadcasts are called in place of a group. */
    public static final String EVERY_INSTANCE = "every-instance";

    public Subscription {
        if (members < 1) {
            throw new IllegalArgumentException("The subscription of '" + group + "' to '" + topic
                    + "' needs at least 1 member, not " + members + ".");
        }
        if (broadcast && members > 1) {
            throw new IllegalArgumentException("Broadcasts of '" + topic
                    + "' reach every instance once, so the subscription has 1 member, not " + members + ".");
        }
        Topic.groupOf(topic, group);
        if (Topic.named(topic).isRetries()) {
            throw new IllegalArgumentException(
                    "Topic '" + topic + "' holds the retries of one group, which reads them where"
                            + " it reads its topic; '" + group + "' cannot subscribe to it.");
        }
    }

    public Subscription(String topic, String group, int members, ConsumerOptions options) {
        this(topic, group, members, options, false);
    }

    /** The broadcasts of a topic. */
    public static Subscription broadcasts(String topic) {
        return new Subscription(topic, EVERY_INSTANCE, 1, ConsumerOptions.defaults(), true);
    }

    /** The same with another number of members. */
    public Subscription withMembers(int number) {
        return new Subscription(topic, group, number, options, broadcast);
    }

    /** The same, read in another way. */
    public Subscription withOptions(ConsumerOptions other) {
        return new Subscription(topic, group, members, other, broadcast);
    }

    /** The topic where this group's retries arrive. */
    public String retryTopic() {
        return Topic.retryOf(topic, group);
    }

    /** The topic where this group's dead letters go. */
    public String deadLetterTopic() {
        return Topic.deadLettersOf(topic, group);
    }

    /** Whether failed messages are retried and dead-lettered: those of a group's dead letters and broadcasts are not. */
    public boolean hasDeadLetters() {
        return !broadcast && !Topic.named(topic).isDeadLetters();
    }

    /** What a member polls: the topic and the group's retries. */
    public List<String> topics() {
        return hasDeadLetters() ? List.of(topic, retryTopic()) : List.of(topic);
    }

    @Override
    public String toString() {
        return group + " on " + topic;
    }
}
