package io.orderflow.messaging.runtime;

import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import java.util.List;

/**
 * What an application publishes and consumes. Complete: an event without an {@link EventType} here, or to another topic than
 * the declared ones, is not published. The same on every broker.
 *
 * @param application its name, {@code spring.application.name}
 * @param published the types of the events that it publishes, on their topics; replies are in the subscriptions
 * @param consumed its subscriptions, with the overrides of the configuration
 * @param topics the topics that the configuration names
 */
public record EventRegistry(
        String application, List<EventType<?>> published, List<EventSubscription> consumed, TopicCatalog topics) {

    public EventRegistry {
        published = List.copyOf(published);
        consumed = List.copyOf(consumed);
    }
}
