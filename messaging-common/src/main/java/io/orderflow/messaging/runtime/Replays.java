package io.orderflow.messaging.runtime;

import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.NoHistoryException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.Replay;
import io.orderflow.messaging.pipeline.Pipeline;
import java.util.List;

/**
 * Replays of this application's subscriptions.
 *
 * @param subscriptions as they are configured
 */
public record Replays(Brokers brokers, TopicCatalog catalog, Pipeline pipeline, List<EventSubscription> subscriptions) {

    /**
     * Opens the history of a topic for a replay.
     *
     * @param group of the subscription to replay
     * @param into the replay's own group, which no other replay has had
     * @throws IllegalArgumentException if no subscription reads the topic for that group, or it is not {@linkplain
     *     EventSubscription#replayable() replayable}, or the start is not one of the topic
     * @throws NoHistoryException if the broker keeps none
     * @throws MessagingException if the broker is unavailable
     */
    public Replayer open(String topic, String group, HistoryStart start, String into) {
        EventSubscription subscription = require(topic, group);
        Replay replay = subscription.replay();
        if (replay == null) {
            throw new IllegalArgumentException("The subscription of " + subscription.subscription()
                    + " is not replayable: its handlers may repeat effects outside. If they repeat none, declare it with"
                    + " EventSubscription.replayable().");
        }
        EventSubscription run = replay.through() == null ? subscription : replay.through();
        Topic read = catalog.topic(topic);
        MessageHistory history = brokers.of(read)
                .broker()
                .history(read, start, run.subscription().options());
        return new Replayer(history, pipeline, run.inGroup(into), replay.publishes());
    }

    private EventSubscription require(String topic, String group) {
        return subscriptions.stream()
                .filter(each -> each.subscription().topic().equals(topic))
                .filter(each -> each.subscription().group().equals(group))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("This application has no subscription of group '" + group
                                + "' to topic '" + topic + "'. It has: "
                                + String.join(
                                        ", ",
                                        subscriptions.stream()
                                                .map(each -> each.subscription().toString())
                                                .toList())
                                + "."));
    }
}
