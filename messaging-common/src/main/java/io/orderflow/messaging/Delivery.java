package io.orderflow.messaging;

/**
 * A message as it came.
 *
 * @param topic the topic it was read from
 * @param message what was sent
 * @param position where the broker keeps it, for people and logs ({@code orders-3@1207}). With
 *     {@link BrokerTraits#stablePositions()} it is the same at every delivery of the message
 */
public record Delivery<K, V>(String topic, Message<K, V> message, String position) {}
