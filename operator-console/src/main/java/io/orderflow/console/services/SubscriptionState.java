package io.orderflow.console.services;

import org.jspecify.annotations.Nullable;

/**
 * A subscription of a service.
 *
 * @param broadcast whether it receives broadcasts, and cannot be paused
 * @param pause why it handles no messages; null if it does
 */
public record SubscriptionState(
        String topic,
        String group,
        int members,
        boolean broadcast,
        @Nullable Pause pause) {

    /** {@code OPERATOR} if an operator has to resume it, with since when and by whom. */
    public record Pause(String reason, String description) {}

    public boolean isPausedByOperator() {
        return pause != null && "OPERATOR".equals(pause.reason());
    }
}
