package io.orderflow.messaging.policy;

import io.orderflow.messaging.Message;
import java.time.Duration;

/** Puts a message where it is kept while the messages behind it are handled. */
public interface MessageRecoverer {

    /** Whether {@link #later} works; without a place to keep messages, a retry has to wait in memory, and its poll with it. */
    default boolean canKeep() {
        return true;
    }

    /** Whether {@link #later} fails while the database is away; then a message has to wait with whoever handles it. */
    default boolean needsDatabase() {
        return true;
    }

    /**
     * Sends a message to a topic once the delay is over, at the earliest. Returns once that is certain to happen even if
     * this process dies.
     */
    void later(String topic, Message<String, byte[]> message, Duration delay);

    /**
     * Sends a message to a topic of dead letters. Returns once the broker has accepted it, or, of one that the broker refuses
     * for good, once it is kept where people find it, if there is such a place.
     */
    void deadLetter(String topic, Message<String, byte[]> message);
}
