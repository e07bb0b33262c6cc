package io.orderflow.messaging;

import java.time.Duration;
import java.util.List;

/**
 * One member of a consumer group. For one thread at a time; a group is made of as many members as work is to be done
 * at once.
 *
 * <p>Every group gets every message of a topic; inside a group the members share it, and each message goes to one of
 * them ({@link Topic}). Delivery is at least once: what was polled and not committed comes again, to this member after it has been
 * opened anew, or to another one after this one is closed or has died.
 *
 * <p>Order: while a group has one member, messages of one key are delivered in the order in which they were sent.
 * {@link BrokerTraits#orderAcrossMembers()} tells whether that holds with several members.
 */
public interface MessageConsumer<K, V> extends AutoCloseable {

    /**
     * Joins the group on these topics, once and before the first poll. A topic or group that does not exist is
     * declared. A group that is new begins where {@link ConsumerOptions#start()} says, and misses nothing that is sent after
     * this method has returned.
     *
     * <p>Members that are to share a topic name the same one first: not every broker takes them for one group otherwise.
     *
     * @throws MessagingException if the broker is unavailable, or if the group is to begin with messages that the broker does
     *     not keep; the message then says what to do
     */
    void subscribe(List<Topic> topics);

    /**
     * The next messages, at most {@link ConsumerOptions#maxPollMessages()} of them, or none when the time is up.
     * Messages polled earlier and not committed stay this member's: a poll does not return them again.
     *
     * @throws MessagingException if the broker is away or has taken the member's place away; close it and open another
     */
    List<Delivery<K, V>> poll(Duration timeout);

    /**
     * Tells the broker that this member is well though it does not poll, because handling takes its time. Called about once
     * a second then. Returns soon, and never with messages. A broker that asks for no such sign needs nothing.
     *
     * @throws MessagingException if the member has lost its place, and what it polled comes again elsewhere; finish what is
     *     begun, close it and open another
     */
    default void keepAlive() {}

    /**
     * Everything polled so far is done and does not come again. Returns once the broker knows.
     *
     * @throws PartitionsRevokedException if a part of it went to other members and comes again there; this one may go on
     * @throws MessagingException if it may not know; then what was polled may come again
     */
    void commit();

    /** Leaves the group; what was not committed goes back to it at once. Never throws; closing twice does nothing. */
    @Override
    void close();
}
