package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sends messages with the caller's database transaction: they are sent if and only if it commits. Safe for many threads; the
 * transaction is the calling thread's.
 *
 * <p>After the commit a relay sends them, at least once. Messages of one topic and key are sent in the order in which they were added, as
 * long as the caller serialises the transactions that add to one key.
 */
public interface Outbox {

    /**
     * Adds messages to the current transaction. A message without {@link io.orderflow.messaging.Headers#ID} is given
     * one, which it keeps however often it is sent.
     *
     * @throws IllegalStateException if there is no transaction, or its commit has begun
     */
    void add(String topic, List<Message<String, byte[]>> messages);

    /** The same, but sent at that time at the earliest. Delayed messages do not block others, not even those of their key. */
    void addNotBefore(Instant time, String topic, List<Message<String, byte[]>> messages);

    /** The same, but sent after a delay from the beginning of the commit, measured by the database's clock. */
    void addAfter(Duration delay, String topic, List<Message<String, byte[]>> messages);

    /**
     * Adds a message that is not sent before its time, at once and not only when the transaction commits. It replaces one of the
     * same name that no relay has claimed.
     *
     * @throws IllegalStateException if there is no transaction, or its commit has begun
     */
    void schedule(Schedule schedule, String topic, Message<String, byte[]> message);

    /**
     * Deletes a scheduled message that no relay has claimed.
     *
     * @return whether there was one; it is never sent if the transaction commits
     * @throws IllegalStateException if there is no transaction, or its commit has begun
     */
    boolean cancel(String name);
}
