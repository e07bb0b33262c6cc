package io.orderflow.messaging.memory;

import io.orderflow.messaging.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A topic: what each of its groups has yet to get, by offset, so that what comes back finds its old place. */
final class TopicLog {

    private final String name;
    private final Map<String, NavigableMap<Long, StoredMessage>> waiting = new HashMap<>();
    private final NavigableMap<Long, StoredMessage> forFirstGroups = new TreeMap<>();
    private long nextOffset;

    TopicLog(String name) {
        this.name = name;
    }

    void declareGroups(List<String> groups) {
        groups.forEach(group -> waiting.computeIfAbsent(group, any -> new TreeMap<>(forFirstGroups)));
        if (!waiting.isEmpty()) {
            forFirstGroups.clear();
        }
    }

    void append(List<Message<String, byte[]>> messages) {
        for (Message<String, byte[]> message : messages) {
            StoredMessage stored = new StoredMessage(name, nextOffset++, message);
            if (waiting.isEmpty()) {
                forFirstGroups.put(stored.offset(), stored);
            } else {
                waiting.values().forEach(queue -> queue.put(stored.offset(), stored));
            }
        }
    }

    NavigableMap<Long, StoredMessage> waitingFor(String group) {
        return waiting.get(group);
    }
}
