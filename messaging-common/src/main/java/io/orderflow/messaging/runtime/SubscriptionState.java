package io.orderflow.messaging.runtime;

import io.orderflow.messaging.policy.Pause;
import org.jspecify.annotations.Nullable;

/**
 * The state of a subscription in this instance.
 *
 * @param members how many members this instance contributes to the group
 * @param broadcast whether it receives broadcasts, and has no group
 * @param pause why it handles no messages, or none of some type; null if it handles all
 */
public record SubscriptionState(
        String topic,
        String group,
        int members,
        boolean broadcast,
        @Nullable Pause pause) {}
