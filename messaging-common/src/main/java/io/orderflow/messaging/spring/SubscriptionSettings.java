package io.orderflow.messaging.spring;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.StartPosition;
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
 * @param start where the group begins if it is new on the broker: {@code earliest} with the first message that the broker
 *     has, {@code latest} with what is sent from then on. RabbitMQ keeps nothing for groups to come and refuses {@code
 *     earliest} for a group for which it is too late
 * @param retry what is tried again, and when
 */
public record SubscriptionSettings(
        @Nullable Integer members,
        @Nullable Integer maxPollMessages,
        @Nullable Duration timeOut,
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
        ConsumerOptions options = result.subscription().options();
        return result.reading(options.withMaxPollMessages(or(maxPollMessages, options.maxPollMessages()))
                .withStart(or(start, options.start())));
    }

    private static <T> T or(@Nullable T configured, T stated) {
        return configured == null ? stated : configured;
    }
}
