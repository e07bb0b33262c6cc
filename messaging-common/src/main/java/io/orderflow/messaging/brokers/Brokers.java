package io.orderflow.messaging.brokers;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The brokers in use, and which of them carries a topic. The retries and dead letters of a topic's groups are on the topic's broker.
 *
 * @param usual of the topics that have no route of their own
 * @param routes of single topics, by name
 */
public record Brokers(Route usual, Map<String, Route> routes) {

    /** All topics are on one broker. */
    public static Brokers only(MessageBroker broker) {
        return new Brokers(new Route(broker, null), Map.of());
    }

    /** The route of a topic. */
    public Route of(Topic topic) {
        return routes.getOrDefault(topic.origin(), usual);
    }

    /** What the broker of a topic accepts. */
    public BrokerLimits limits(Topic topic) {
        return of(topic).broker().traits().limits();
    }

    /** Each broker once. */
    public List<MessageBroker> all() {
        return Stream.concat(Stream.of(usual), routes.values().stream())
                .flatMap(route -> route.brokers().stream())
                .distinct()
                .toList();
    }
}
