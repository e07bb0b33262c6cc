package io.orderflow.messaging;

import java.time.Duration;

/**
 * How a member of a group reads.
 *
 * @param maxPollMessages at most so many messages a poll, and about so many fetched ahead
 * @param pollHandling the longest that handling one poll may take before the broker may think the member stuck; where the
 *     broker takes messages away from a member after a time, a poll brings fewer while handling is slow
 * @param memberTimeout a member not heard of for so long is dead, and its messages go to others
 * @param start where its group begins if it is new; topics of a group's retries and dead letters are always read from the
 *     earliest message on
 */
public record ConsumerOptions(int maxPollMessages, Duration pollHandling, Duration memberTimeout, StartPosition start) {

    public static final int DEFAULT_MAX_POLL_MESSAGES = 200;
    public static final Duration DEFAULT_POLL_HANDLING = Duration.ofMinutes(5);
    public static final Duration DEFAULT_MEMBER_TIMEOUT = Duration.ofSeconds(10);

    public ConsumerOptions {
        if (maxPollMessages < 1) {
            throw new IllegalArgumentException("maxPollMessages must be at least 1, not " + maxPollMessages + ".");
        }
    }

    public static ConsumerOptions defaults() {
        return new ConsumerOptions(
                DEFAULT_MAX_POLL_MESSAGES, DEFAULT_POLL_HANDLING, DEFAULT_MEMBER_TIMEOUT, StartPosition.EARLIEST);
    }

    public ConsumerOptions withMaxPollMessages(int number) {
        return new ConsumerOptions(number, pollHandling, memberTimeout, start);
    }

    public ConsumerOptions withPollHandling(Duration longest) {
        return new ConsumerOptions(maxPollMessages, longest, memberTimeout, start);
    }

    public ConsumerOptions withMemberTimeout(Duration timeout) {
        return new ConsumerOptions(maxPollMessages, pollHandling, timeout, start);
    }

    public ConsumerOptions withStart(StartPosition position) {
        return new ConsumerOptions(maxPollMessages, pollHandling, memberTimeout, position);
    }

    /** Where a new group begins on this topic. */
    public StartPosition startOn(Topic topic) {
        return topic.isRetries() || topic.isDeadLetters() ? StartPosition.EARLIEST : start;
    }
}
