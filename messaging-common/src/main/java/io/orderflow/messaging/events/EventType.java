package io.orderflow.messaging.events;

import java.util.function.Function;

/**
 * How events of a type are published: under which name, on which topic, with which key.
 *
 * @param eventClass the record; chosen by the application, never by a message
 * @param name the logical, versioned name on the wire: {@code order.created.v1}
 * @param topic where it is sent; usually the same for every event of the type
 * @param key events with an equal key keep their order
 * @param routingKey what RabbitMQ routes by; other brokers carry it as a header
 */
public record EventType<E>(
        Class<E> eventClass,
        String name,
        Function<E, String> topic,
        Function<E, String> key,
        Function<E, String> routingKey) {

    /** An event type whose routing key is its name without the version: {@code order.created}. */
    public static <E> EventType<E> of(Class<E> eventClass, String name, String topic, Function<E, String> key) {
        return of(eventClass, name, event -> topic, key);
    }

    /** The same, with a topic that depends on the event: express tasks on a lane of their own. */
    public static <E> EventType<E> of(
            Class<E> eventClass, String name, Function<E, String> topic, Function<E, String> key) {
        String routingKey = withoutVersion(name);
        return new EventType<>(eventClass, name, topic, key, event -> routingKey);
    }

    /** The same type with a routing key that depends on the event: {@code order.created.express}. */
    public EventType<E> routedBy(Function<E, String> other) {
        return new EventType<>(eventClass, name, topic, key, other);
    }

    /** {@code order.created} of {@code order.created.v1}. */
    static String withoutVersion(String name) {
        return name.replaceFirst("\\.v[0-9]+$", "");
    }
}
