package io.orderflow.messaging;

/**
 * How brokers differ, as data. Code outside an adapter asks for a trait, never for the broker.
 *
 * @param name the value of {@code messaging.broker} that selects it
 * @param durable accepted messages survive a restart of the broker
 * @param orderAcrossMembers messages of one key keep their order when a group has several members
 * @param stablePositions {@link Delivery#position()} is the same at every delivery of a message, and differs from that of
 *     every other message
 * @param limits what the broker accepts with its default settings
 */
public record BrokerTraits(
        String name, boolean durable, boolean orderAcrossMembers, boolean stablePositions, BrokerLimits limits) {}
