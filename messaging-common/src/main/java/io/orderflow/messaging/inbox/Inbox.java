package io.orderflow.messaging.inbox;

import java.util.Collection;
import java.util.Set;

/**
 * Remembers which messages a consumer group has handled, in the handler's own transaction: the memory is there if and
 * only if the effect is.
 *
 * <p>While another transaction that noted the same id is under way, a call waits for its end: committed, the id is known;
 * rolled back, it is new. Safe for many threads; the transaction is the calling thread's.
 */
public interface Inbox {

    /**
     * Notes ids and tells which were new, in the order given; the others have been handled before.
     *
     * @throws IllegalStateException if there is no transaction
     */
    Set<String> note(String group, Collection<String> messageIds);
}
