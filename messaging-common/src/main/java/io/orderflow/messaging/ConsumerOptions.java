package io.orderflow.messaging;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a member of a group reads.
 *
 * @param maxPollMessages the most messages that one poll returns, and about the number that is prefetched
 * @param pollHandling how long handling one poll may take before the broker may consider the member stuck. Where the broker
 *     revokes messages after a time, a poll returns fewer of them while handling is slow
 * @param memberTimeout how long a member may be silent before it counts as failed and its messages go to others
 * @param start where a new group starts; topics of retries and dead letters are always read from the earliest message
 * @param address of a receiver of broadcasts: it receives those with this {@link Headers#ADDRESS}; null for a receiver of those
 *     without an address
 * @param filter of the group; a broker that routes natively applies it, and others deliver every message
 */
public record ConsumerOptions(
        int maxPollMessages,
        Duration pollHandling,
        Duration memberTimeout,
        StartPosition start,
        @Nullable String address,
        MessageFilter filter) {

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
                DEFAULT_MAX_POLL_MESSAGES,
                DEFAULT_POLL_HANDLING,
                DEFAULT_MEMBER_TIMEOUT,
                StartPosition.EARLIEST,
                null,
                MessageFilter.NONE);
    }

    public ConsumerOptions withMaxPollMessages(int number) {
        return new ConsumerOptions(number, pollHandling, memberTimeout, start, address, filter);
    }

    public ConsumerOptions withPollHandling(Duration longest) {
        return new ConsumerOptions(maxPollMessages, longest, memberTimeout, start, address, filter);
    }

    public ConsumerOptions withMemberTimeout(Duration timeout) {
        return new ConsumerOptions(maxPollMessages, pollHandling, timeout, start, address, filter);
    }

    public ConsumerOptions withStart(StartPosition position) {
        return new ConsumerOptions(maxPollMessages, pollHandling, memberTimeout, position, address, filter);
    }

    /** The same for a receiver with an address. */
    public ConsumerOptions withAddress(String other) {
        return new ConsumerOptions(maxPollMessages, pollHandling, memberTimeout, start, other, filter);
    }

    /** The same with this filter. */
    public ConsumerOptions withFilter(MessageFilter other) {
        return new ConsumerOptions(maxPollMessages, pollHandling, memberTimeout, start, address, other);
    }

    /** What the group receives of this topic: its retries were filtered before. */
    public MessageFilter filterOn(Topic topic) {
        return topic.isRetries() || topic.isDeadLetters() ? MessageFilter.NONE : filter;
    }

    /** Whether a receiver with these options gets a broadcast. */
    public boolean isAddressee(Message<?, ?> broadcast) {
        return Objects.equals(address, broadcast.header(Headers.ADDRESS));
    }

    /** Where a new group starts on this topic. */
    public StartPosition startOn(Topic topic) {
        return topic.isRetries() || topic.isDeadLetters() ? StartPosition.EARLIEST : start;
    }
}
