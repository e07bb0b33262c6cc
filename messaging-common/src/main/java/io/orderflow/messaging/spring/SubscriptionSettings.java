package io.orderflow.messaging.spring;

import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code messaging.subscriptions.<topic>.<group>.*}: what is stated here goes before what the code says of that subscription.
 *
 * @param members how many members this instance contributes to the group
 * @param maxPollMessages at most so many messages a poll
 * @param timeOut the longest that a handler may take for one message
 * @param retry what is tried again, and when
 */
public record SubscriptionSettings(
        @Nullable Integer members,
        @Nullable Integer maxPollMessages,
        @Nullable Duration timeOut,
        @DefaultValue RetrySettings retry) {

    /**
     * Retries.
     *
     * @param maxAttempts attempts altogether, the first one included
     * @param firstPause the pause after the first failure; each is twice the one before
     * @param longestPause no pause is longer
     */
    public record RetrySettings(
            @Nullable Integer maxAttempts,
            @Nullable Duration firstPause,
            @Nullable Duration longestPause) {

        private RetryPolicy over(RetryPolicy stated) {
            RetryPolicy policy = maxAttempts == null ? stated : stated.maxAttempts(maxAttempts);
            return policy.pausing(
                    or(firstPause, policy.backoff().first()),
                    or(longestPause, policy.backoff().longest()));
        }
    }

    EventSubscription over(EventSubscription stated) {
        RetryPolicy policy = retry.over(stated.retryPolicy());
        EventSubscription result = stated.retrying(policy.within(or(timeOut, policy.timeOut())));
        if (members != null) {
            result = result.members(members);
        }
        return maxPollMessages == null
                ? result
                : result.reading(stated.subscription().options().withMaxPollMessages(maxPollMessages));
    }

    private static <T> T or(@Nullable T configured, T stated) {
        return configured == null ? stated : configured;
    }
}
