package io.orderflow.messaging.events;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How events of a type are published: under which name, on which topics, with which key. A bean of this type declares that the
 * application publishes it.
 *
 * @param eventClass the record; chosen by the application, never by a message
 * @param name the logical, versioned name on the wire: {@code order.created.v1}
 * @param destination where it is sent
 * @param key events with an equal key keep their order
 * @param routingKey what RabbitMQ routes by; other brokers carry it as a header
 * @param timeToLive how long an event can be handled; null: for ever
 */
public record EventType<E>(
        Class<E> eventClass,
        String name,
        Destination<E> destination,
        Function<E, String> key,
        Function<E, String> routingKey,
        @Nullable Duration timeToLive) {

    public EventType {
        if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
            throw new IllegalArgumentException(
                    "The time to live of '" + name + "' must be positive, not " + timeToLive + ".");
        }
    }

    /**
     * The topics of an event type.
     *
     * @param topics all topics that its events are sent to
     * @param choice which of them an event is sent to
     */
    public record Destination<E>(Set<String> topics, Function<E, String> choice) {

        public Destination {
            topics = Set.copyOf(topics);
        }
    }

    /** An event type whose routing key is its name without the version: {@code order.created}. */
    public static <E> EventType<E> of(Class<E> eventClass, String name, String topic, Function<E, String> key) {
        return of(eventClass, name, Set.of(topic), event -> topic, key);
    }

    /** The same, with a topic that depends on the event, one of these: express tasks on a lane of their own. */
    public static <E> EventType<E> of(
            Class<E> eventClass, String name, Set<String> topics, Function<E, String> topic, Function<E, String> key) {
        String routingKey = withoutVersion(name);
        return new EventType<>(eventClass, name, new Destination<>(topics, topic), key, event -> routingKey, null);
    }

    /** The same type with a routing key that depends on the event: {@code order.created.express}. */
    public EventType<E> routedBy(Function<E, String> other) {
        return new EventType<>(eventClass, name, destination, key, other, timeToLive);
    }

    /**
     * The same type with events that expire: one that has not been handled that long after its time is dead-lettered, with the reason
     * {@code expired}, and never handled. Their time is when they are published or, if they are delayed or scheduled, when they
     * are due. Publishers and subscribers measure it by their own clocks.
     */
    public EventType<E> expiringAfter(Duration time) {
        return new EventType<>(eventClass, name, destination, key, routingKey, time);
    }

    /** All topics that events of this type are sent to. */
    public Set<String> topics() {
        return destination.topics();
    }

    /** @throws IllegalArgumentException if it is none of the declared topics */
    String topicOf(E event) {
        String topic = destination.choice().apply(event);
        if (!topics().contains(topic)) {
            throw new IllegalArgumentException("An event of type " + name + " is not published: its topic would be '"
                    + topic + "', and its EventType declares " + String.join(", ", topics())
                    + ". Declare the topic there too.");
        }
        return topic;
    }

    /** {@code order.created} of {@code order.created.v1}. */
    static String withoutVersion(String name) {
        return name.replaceFirst("\\.v[0-9]+$", "");
    }
}
