package io.orderflow.messaging.memory;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one group has yet to get of one partition, by offset, so that what comes back finds its old place. A keyed one
 * belongs to the member that holds something of it: nobody else gets what follows until that is committed or given back.
 */
final class Partition {

    private final boolean competing;
    private final NavigableMap<Long, StoredMessage> waiting = new TreeMap<>();
    private @Nullable Member owner;

    Partition(boolean competing) {
        this.competing = competing;
    }

    void put(StoredMessage message) {
        waiting.put(message.offset(), message);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    long firstOffset() {
        return waiting.firstKey();
    }

    boolean belongsTo(Member member) {
        return owner == member;
    }

    boolean isFree() {
        return owner == null;
    }

    StoredMessage take(Member member) {
        owner = competing ? null : member;
        return waiting.pollFirstEntry().getValue();
    }

    void release() {
        owner = null;
    }
}
