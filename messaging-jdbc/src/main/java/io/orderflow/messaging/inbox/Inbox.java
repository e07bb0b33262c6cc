package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import java.util.List;

/**
 * Stores which messages of a topic a consumer group has handled, in the handler's own transaction: a message is recorded if and
 * only if its effect is committed.
 *
 * <p>If another transaction has recorded the same message and is not over, a call waits for its end. Thread-safe; the
 * transaction is that of the calling thread.
 */
public interface Inbox {

    /**
     * A message in the inbox.
     *
     * @param id identifies it
     * @param content the digest of its content
     */
    record Entry(MessageId id, ContentDigest content) {}

    /** Whether a message has been handled. */
    enum Finding {
        /** It was recorded now and must be handled. */
        NEW,

        /** It was handled before; of messages that older versions recorded only the id is compared. */
        DUPLICATE,

        /** A message with the same identity and different content was handled before. */
        ID_REUSED
    }

    /**
     * Records messages, and returns the finding for each in the order given. Of several with one identity only the first can be
     * new.
     *
     * @param group the consumer group
     * @param topic what the group subscribes to, also where a message comes from the group's retries
     * @throws HandledConcurrentlyException if it would have to wait longer than the time-out of its connection allows
     * @throws IllegalStateException if there is no transaction
     */
    List<Finding> note(String group, String topic, List<Entry> messages);

    /** Whether this message, with this content, was handled. Records nothing. */
    boolean isHandled(String group, String topic, Entry message);
}
