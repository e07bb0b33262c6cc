package io.orderflow.messaging;

import java.util.List;

/**
 * The messages that a broker keeps of a topic, from a {@link HistoryStart} to the end at the time of opening. Read without a
 * group: no group's position changes, and what is sent meanwhile is not read. Messages of one key come in the order in which they
 * were sent, and those of different keys about in the order in which the broker has stored them. Not thread-safe.
 */
public interface MessageHistory extends AutoCloseable {

    /** How many messages there are from the start to the end; an estimate where the broker does not count them. */
    long size();

    /** Whether the broker may have deleted messages between the start and the first message that it returns. */
    boolean isTruncated();

    /**
     * The next messages, at most {@link ConsumerOptions#maxPollMessages()}; none at the end.
     *
     * @throws MessagingException if the broker is unavailable; close this history and open another one
     */
    List<Delivery<String, byte[]>> next();

    /** Never throws; closing twice does nothing. */
    @Override
    void close();
}
