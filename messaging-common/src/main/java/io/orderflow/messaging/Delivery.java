package io.orderflow.messaging;

/**
 * A received message.
 *
 * @param topic the topic it was read from
 * @param message the message as it was sent
 * @param position the broker's position of it, for operators and logs ({@code orders-3@1207})
 * @param stablePosition whether the position is the same at every delivery of the message, see {@link
 *     BrokerTraits#stablePositions()}
 */
public record Delivery<K, V>(String topic, Message<K, V> message, String position, boolean stablePosition) {

    /** At a stable position. */
    public Delivery(String topic, Message<K, V> message, String position) {
        this(topic, message, position, true);
    }
}
