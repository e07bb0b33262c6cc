package io.orderflow.messaging.memory;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageHistory;
import java.util.List;

/** The messages of a topic as they were when it was opened. */
final class MemoryHistory implements MessageHistory {

    private final List<StoredMessage> messages;
    private final int atOnce;
    private int read;

    MemoryHistory(List<StoredMessage> messages, int atOnce) {
        this.messages = messages;
        this.atOnce = atOnce;
    }

    @Override
    public long size() {
        return messages.size();
    }

    @Override
    public boolean isTruncated() {
        return false;
    }

    @Override
    public List<Delivery<String, byte[]>> next() {
        int from = read;
        read = Math.min(from + atOnce, messages.size());
        return messages.subList(from, read).stream()
                .map(StoredMessage::toDelivery)
                .toList();
    }

    @Override
    public void close() {}
}
