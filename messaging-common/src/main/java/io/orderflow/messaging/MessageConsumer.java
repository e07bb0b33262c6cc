package io.orderflow.messaging;

import java.time.Duration;
import java.util.List;

/**
 * One member of a consumer group. Not thread-safe: used by one thread at a time.
 *
 * <p>Every group receives every message of a topic, and within a group each message goes to one member ({@link Topic}). Delivery
 * is at least once: a message that was polled and not committed is delivered again, to this member once it was closed and opened
 * again, or to another member after this one was closed or has failed.
 *
 * <p>Order: while a group has one member, messages of one key are delivered in the order in which they were sent. {@link
 * BrokerTraits#orderAcrossMembers()} states whether that holds with several members.
 */
public interface MessageConsumer<K, V> extends AutoCloseable {

    /**
     * Joins the group on these topics, once and before the first poll. A topic or group that does not exist is declared. A new
     * group starts at {@link ConsumerOptions#start()}, and misses nothing that is sent after this method has returned.
     *
     * <p>Members of one group have to name the same topic first: with some brokers they are not one group otherwise.
     *
     * @throws MissedMessagesException if the group is new, and the broker does not keep the messages it is to start with
     * @throws MessagingException if the broker is unavailable, or has a topic with settings that contradict these
     */
    void subscribe(List<Topic> topics);

    /**
     * The next messages, at most {@link ConsumerOptions#maxPollMessages()}, or none after the time-out. Does not return again
     * what was polled before and is not committed. Of a work queue it may return nothing until that is committed.
     *
     * @throws MessagingException if the broker is unavailable, or has removed this member from its group; close it and open
     *     another one
     */
    List<Delivery<K, V>> poll(Duration timeout);

    /**
     * Keeps the member in its group while it handles messages and does not poll. Called about once a second. Returns soon.
     *
     * @throws MessagingException if the member has lost its partitions, so that its messages are delivered again; finish the
     *     handling that has begun, close it and open another one
     */
    default void keepAlive() {}

    /**
     * Acknowledges everything polled so far. Returns once the broker has confirmed it.
     *
     * @throws PartitionsRevokedException if some of it belongs to other members now and is delivered to them again; this member
     *     may continue
     * @throws MessagingException if the broker may not have stored it; then what was polled may be delivered again
     */
    void commit();

    /** Leaves the group; uncommitted messages return to it at once. Never throws; closing twice does nothing. */
    @Override
    void close();
}
