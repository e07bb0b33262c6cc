package io.orderflow.messaging;

/**
 * How brokers honestly differ, as data: nothing asks which broker it is.
 *
 * @param name the value of {@code messaging.broker} that chooses it
 * @param durable accepted messages survive a restart of the broker
 * @param orderAcrossMembers messages of one key keep their order when a group has several members
 * @param stablePositions {@link Delivery#position()} is the same at every delivery of a message, and no other's
 * @param maxMessageBytes a message of up to this size (payload and headers) is accepted with the broker's default
 *     settings
 */
public record BrokerTraits(
        String name, boolean durable, boolean orderAcrossMembers, boolean stablePositions, int maxMessageBytes) {}
