package io.orderflow.messaging.spring;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code messaging.subscriptions.<topic>.<group>.*}: overrides what the code states of that subscription.
 *
 * @param members how many members this instance contributes to the group
 * @param maxPollMessages the most messages a poll returns
 * @param timeout the longest that a handler may take for one message
 * @param start where a new group begins: {@code earliest} with the first message that the broker has, {@code latest} with
 *     what is sent from then on. RabbitMQ keeps nothing for future groups and refuses {@code earliest} where messages would
 *     be missing
 * @param retry the retries
 */
public record SubscriptionSettings(
        @Nullable Integer members,
        @Nullable Integer maxPollMessages,
        @Nullable Duration timeout,
        @Nullable StartPosition start,
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
            return firstPause == null && longestPause == null
                    ? policy
                    : policy.pausing(
                            or(firstPause, policy.delays().first()),
                            or(longestPause, policy.delays().longest()));
        }
    }

    EventSubscription over(EventSubscription stated) {
        RetryPolicy policy = retry.over(stated.retryPolicy());
        EventSubscription result = stated.retrying(policy.within(or(timeout, policy.timeOut())));
        if (members != null) {
            result = result.members(members);
        }
        ConsumerOptions options = result.subscription().options();
        return result.reading(options.withMaxPollMessages(or(maxPollMessages, options.maxPollMessages()))
                .withStart(or(start, options.start())));
    }

    private static <T> T or(@Nullable T configured, T stated) {
        return configured == null ? stated : configured;
    }
}
