package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Messages sent with the caller's database transaction: they go out if and only if it commits. Safe for many threads;
 * the transaction is the calling thread's.
 *
 * <p>After the commit a relay sends them, at least once, those of one topic and key in the order in which they were
 * added, as long as the transactions that add to one key are serialised by the caller.
 */
public interface Outbox {

    /**
     * Adds messages to the current transaction. A message without {@link io.orderflow.messaging.Headers#ID} is given
     * one, which it keeps however often it is sent.
     *
     * @throws IllegalStateException if there is no transaction, or its commit has begun
     */
    void add(String topic, List<Message<String, byte[]>> messages);

    /**
     * The same, but sent at that time at the earliest. Messages that wait hold up no others, not even those of their key.
     */
    void addNotBefore(Instant time, String topic, List<Message<String, byte[]>> messages);

    /** The same, but sent when so much time has passed since the commit began, by the clock that the relay goes by too. */
    void addAfter(Duration delay, String topic, List<Message<String, byte[]>> messages);
}
