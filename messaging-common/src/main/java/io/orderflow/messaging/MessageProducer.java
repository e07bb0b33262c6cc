package io.orderflow.messaging;

import java.util.List;

/**
 * Sends messages. Safe for use by many threads at once.
 *
 * <p>Both methods return once the broker has <em>accepted</em> the messages, as durably as it is configured to: what was
 * accepted survives a crash of the broker's process. If they throw, any of the messages may have been accepted all the
 * same; sending again with the same {@link Headers#ID} is how a caller gets at-least-once, and an inbox on the other
 * side makes that once.
 *
 * <p>Order: messages of one key, sent one after the other or in one batch, are delivered in that order. After a failure
 * the caller has to send again from the first message on that was not accepted.
 *
 * <p>A null key states no order. No method blocks for ever: a broker that does not answer makes it throw.
 */
public interface MessageProducer<K, V> extends AutoCloseable {

    /**
     * Sends one message and waits until the broker has accepted it.
     *
     * @throws MessageRejectedException if this message will never be accepted (it is too large, say)
     * @throws MessagingException if it was not accepted in time, or may not have been
     */
    default void send(Topic topic, Message<K, V> message) {
        sendBatch(topic, List.of(message));
    }

    /**
     * Sends messages in this order and waits until the broker has accepted them all. An empty list does nothing.
     *
     * @throws MessageRejectedException if one of them will never be accepted; the others may have been
     * @throws MessagingException if one was not accepted in time, or may not have been
     */
    void sendBatch(Topic topic, List<Message<K, V>> messages);

    /** Lets go of connections. What is being sent by other threads may fail. Closing twice does nothing. */
    @Override
    void close();
}
