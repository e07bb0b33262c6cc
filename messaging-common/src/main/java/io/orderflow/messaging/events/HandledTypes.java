package io.orderflow.messaging.events;

import io.orderflow.messaging.handling.Subscription;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The event types of a subscription.
 *
 * @param handled by type
 * @param ignored types that are skipped
 * @param untyped whether messages without a type are accepted
 */
record HandledTypes(Map<String, HandledType<?>> handled, Set<String> ignored, boolean untyped) {

    static final HandledTypes NONE = new HandledTypes(Map.of(), Set.of(), false);

    /** @throws IllegalArgumentException if the type has a handler */
    HandledTypes handling(String type, HandledType<?> by) {
        Map<String, HandledType<?>> more = new LinkedHashMap<>(handled);
        if (more.put(type, by) != null) {
            throw new IllegalArgumentException("Two handlers for '" + type + "'.");
        }
        return new HandledTypes(more, ignored, untyped);
    }

    /** @throws IllegalArgumentException if events are handled in batches, and the unit of work is not a poll */
    void requireSupported(UnitOfWork unit, Subscription subscription) {
        if (unit != UnitOfWork.POLL
                && handled.values().stream().anyMatch(each -> each.handler() instanceof BatchedHandler)) {
            throw new IllegalArgumentException(
                    "The subscription of " + subscription + " handles events in batches (onBatch), and a batch is one"
                            + " transaction: leave out UnitOfWork." + unit + ".");
        }
    }

    HandledTypes ignoring(Set<String> others) {
        Set<String> more = new LinkedHashSet<>(ignored);
        more.addAll(others);
        return new HandledTypes(handled, more, untyped);
    }

    HandledTypes withUntyped() {
        return new HandledTypes(handled, ignored, true);
    }
}
