package io.orderflow.messaging.memory;

import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.PartitionOwners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The messages of a topic that one group has not polled, by offset, so that a message that is given back returns to its
 * position. A partition of a keyed topic is owned by the member that has uncommitted messages of it. Guarded by the store.
 */
final class GroupLog {

    private final Topic topic;
    private final NavigableMap<Long, StoredMessage> waiting = new TreeMap<>();
    private final Map<Integer, MemoryConsumer> owners = new HashMap<>();
    private int uncommitted;

    GroupLog(Topic topic, Collection<StoredMessage> earlier) {
        this.topic = topic;
        earlier.forEach(this::put);
    }

    void put(StoredMessage message) {
        waiting.put(message.offset(), message);
    }

    /**
     * The oldest messages that the member may have. It becomes the owner of no more partitions than its fair share.
     *
     * @param members how many the group has on this topic
     */
    List<StoredMessage> take(MemoryConsumer member, int members, int max) {
        List<StoredMessage> taken = new ArrayList<>();
        Set<Integer> unavailable = new HashSet<>();
        Iterator<StoredMessage> oldest = waiting.values().iterator();
        while (taken.size() < max && unavailable.size() < topic.partitions() && oldest.hasNext()) {
            StoredMessage message = oldest.next();
            if (topic.competing() || owns(member, members, message.partition())) {
                taken.add(message);
                oldest.remove();
            } else {
                unavailable.add(message.partition());
            }
        }
        uncommitted += taken.size();
        return taken;
    }

    private boolean owns(MemoryConsumer member, int members, int partition) {
        long owned = owners.values().stream().filter(owner -> owner == member).count();
        if (owned < PartitionOwners.largestShare(topic.partitions(), members)) {
            owners.putIfAbsent(partition, member);
        }
        return owners.get(partition) == member;
    }

    void release(StoredMessage committed) {
        owners.remove(committed.partition());
        uncommitted--;
    }

    int backlog() {
        return waiting.size() + uncommitted;
    }
}
