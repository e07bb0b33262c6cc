package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import java.util.List;

/**
 * Remembers which messages a consumer group has handled of a topic, in the handler's own transaction: the memory is there
 * if and only if the effect is.
 *
 * <p>While another transaction that noted the same message is under way, a call waits for its end: committed, the message
 * is known, and so is its content; rolled back, it is new. Safe for many threads; the transaction is the calling thread's.
 */
public interface Inbox {

    /**
     * A message, as an inbox knows it.
     *
     * @param id identifies it
     * @param content what it says
     */
    record Entry(MessageId id, ContentDigest content) {}

    /** What an inbox knows of a message. */
    enum Finding {
        /** It is noted now, and is to be handled. */
        NEW,

        /** It has been handled before, as far as is known: of what older versions noted only the id is. */
        DUPLICATE,

        /** A message with the same identity and another content has been handled before; this one has not. */
        ID_REUSED
    }

    /**
     * Notes messages and returns what was found of each, in the order given. Of several that have one identity, the first
     * is new, if any is.
     *
     * @param group the consumer group
     * @param topic what the group subscribes to, also where a message comes from the group's retries
     * @throws HandledConcurrentlyException if it would have to wait for longer than its connection bears
     * @throws IllegalStateException if there is no transaction
     */
    List<Finding> note(String group, String topic, List<Entry> messages);

    /** Whether this message, with this content, has been handled, without noting anything. */
    boolean isHandled(String group, String topic, Entry message);
}
