package io.orderflow.messaging;

import java.util.EnumMap;
import java.util.Map;

/**
 * How brokers differ, as data. Code outside an adapter asks for a trait, never for the broker.
 *
 * @param name the value of {@code messaging.broker} that selects it
 * @param durable accepted messages survive a restart of the broker
 * @param orderAcrossMembers messages of one key keep their order when a group has several members
 * @param stablePositions {@link Delivery#position()} is the same at every delivery of a message, and differs from that of
 *     every other message
 * @param limits what the broker accepts with its default settings
 * @param patterns how it carries patterns; those that are left out are {@link Support#UNSUPPORTED}
 */
public record BrokerTraits(
        String name,
        boolean durable,
        boolean orderAcrossMembers,
        boolean stablePositions,
        BrokerLimits limits,
        Map<MessagingPattern, Support> patterns) {

    /** Traits without a pattern. */
    public BrokerTraits(
            String name, boolean durable, boolean orderAcrossMembers, boolean stablePositions, BrokerLimits limits) {
        this(name, durable, orderAcrossMembers, stablePositions, limits, Map.of());
    }

    /** The same traits, with another pattern. */
    public BrokerTraits with(MessagingPattern pattern, Support support) {
        Map<MessagingPattern, Support> more = new EnumMap<>(MessagingPattern.class);
        more.putAll(patterns);
        more.put(pattern, support);
        return new BrokerTraits(name, durable, orderAcrossMembers, stablePositions, limits, Map.copyOf(more));
    }

    /** How the broker carries a pattern. */
    public Support support(MessagingPattern pattern) {
        return patterns.getOrDefault(pattern, Support.UNSUPPORTED);
    }
}
