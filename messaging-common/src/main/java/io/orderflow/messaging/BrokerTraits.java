package io.orderflow.messaging;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How brokers differ, as data. Code outside an adapter asks for a trait, never for the broker.
 *
 * @param name the value of {@code messaging.broker} that selects it
 * @param durable accepted messages survive a restart of the broker
 * @param orderAcrossMembers messages of one key keep their order when a group has several members
 * @param stablePositions {@link Delivery#position()} is the same at every delivery of a message, and differs from that of
 *     every other message
 * @param locksKeys while messages of a key are uncommitted, the broker delivers no later ones of it to any member of the
 *     group. So the members of a group share a keyed topic without partitions, and a member that polls again before it
 *     commits may get no more of a key
 * @param limits what the broker accepts with its default settings
 * @param patterns how it carries patterns; those that are left out are {@link Support#UNSUPPORTED}, but for those that the library carries on any broker
 */
public record BrokerTraits(
        String name,
        boolean durable,
        boolean orderAcrossMembers,
        boolean stablePositions,
        boolean locksKeys,
        BrokerLimits limits,
        Map<MessagingPattern, Support> patterns) {

    private static final Set<MessagingPattern> ON_ANY_BROKER =
            EnumSet.of(MessagingPattern.PRIORITY, MessagingPattern.SCHEDULED_SEND, MessagingPattern.TIME_TO_LIVE);

    /** Traits without a pattern, of a broker that locks no keys. */
    public BrokerTraits(
            String name, boolean durable, boolean orderAcrossMembers, boolean stablePositions, BrokerLimits limits) {
        this(name, durable, orderAcrossMembers, stablePositions, false, limits, Map.of());
    }

    /** The same traits, with locked keys. */
    public BrokerTraits lockingKeys() {
        return new BrokerTraits(name, durable, orderAcrossMembers, stablePositions, true, limits, patterns);
    }

    /** The same traits, with another pattern. */
    public BrokerTraits with(MessagingPattern pattern, Support support) {
        Map<MessagingPattern, Support> more = new EnumMap<>(MessagingPattern.class);
        more.putAll(patterns);
        more.put(pattern, support);
        return new BrokerTraits(
                name, durable, orderAcrossMembers, stablePositions, locksKeys, limits, Map.copyOf(more));
    }

    /** How the broker carries a pattern. */
    public Support support(MessagingPattern pattern) {
        return patterns.getOrDefault(pattern, ON_ANY_BROKER.contains(pattern) ? Support.EMULATED : Support.UNSUPPORTED);
    }
}
