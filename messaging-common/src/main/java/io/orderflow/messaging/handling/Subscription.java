package io.orderflow.messaging.handling;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Topic;
import java.util.List;

/**
 * A consumer group on a topic.
 *
 * @param topic the topic; not one of a group's retries, which that group reads by itself
 * @param group the consumer group, as a rule the service's name; see {@link Topic#groupOf} for what it may be
 * @param members how many members this instance contributes to the group
 * @param options how each of them reads
 */
public record Subscription(String topic, String group, int members, ConsumerOptions options) {

    public Subscription {
        if (members < 1) {
            throw new IllegalArgumentException("The subscription of '" + group + "' to '" + topic
                    + "' needs at least 1 member, not " + members + ".");
        }
        Topic.groupOf(topic, group);
        if (Topic.named(topic).isRetries()) {
            throw new IllegalArgumentException(
                    "Topic '" + topic + "' holds the retries of one group, which reads them where"
                            + " it reads its topic; '" + group + "' cannot subscribe to it.");
        }
    }

    /** The topic where this group's retries arrive. */
    public String retryTopic() {
        return Topic.retryOf(topic, group);
    }

    /** The topic where this group's dead letters go. */
    public String deadLetterTopic() {
        return Topic.deadLettersOf(topic, group);
    }

    /** A group's dead letters have neither retries nor dead letters of their own. */
    public boolean readsDeadLetters() {
        return Topic.named(topic).isDeadLetters();
    }

    /** What a member polls: the topic and the group's retries. */
    public List<String> topics() {
        return readsDeadLetters() ? List.of(topic) : List.of(topic, retryTopic());
    }

    @Override
    public String toString() {
        return group + " on " + topic;
    }
}
