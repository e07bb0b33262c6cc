package io.orderflow.messaging;

import java.util.List;

/**
 * Sends messages. Thread-safe.
 *
 * <p>Both methods return once the broker has <em>accepted</em> the messages, as durably as it is configured: an accepted message
 * survives a crash of the broker's process. If they throw, some of the messages may have been accepted all the same. A caller that
 * sends them again with the same {@link Headers#ID} gets delivery at least once, which an inbox makes idempotent.
 *
 * <p>Order: messages of one key, sent one after the other or in one batch, are delivered in that order. After a failure the caller
 * has to send again from the first message that was not accepted. A null key states no order.
 *
 * <p>No method blocks for ever: it throws if the broker does not answer.
 */
public interface MessageProducer<K, V> extends AutoCloseable {

    /**
     * Sends one message and waits until the broker has accepted it.
     *
     * @throws MessageRejectedException if it will never be accepted, because it is too large for example
     * @throws MessagingException if it was not accepted in time, or possibly was
     */
    default void send(Topic topic, Message<K, V> message) {
        sendBatch(topic, List.of(message));
    }

    /**
     * Sends messages in this order and waits until the broker has accepted them all. An empty list does nothing.
     *
     * @throws MessageRejectedException if one of them will never be accepted; the others may have been
     * @throws MessagingException if one was not accepted in time, or possibly was
     */
    void sendBatch(Topic topic, List<Message<K, V>> messages);

    /** Releases connections. What other threads are sending may fail. Closing twice does nothing. */
    @Override
    void close();
}
