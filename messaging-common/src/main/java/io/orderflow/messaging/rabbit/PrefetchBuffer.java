package io.orderflow.messaging.rabbit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The messages of a queue that the broker has delivered and no poll has returned, in order. RabbitMQ limits prefetch by
 * messages, this buffer by bytes: the first message that does not fit is dropped, and all after it, to keep the order. They
 * stay unacknowledged, and the broker delivers them again once the queue is consumed anew. Thread-safe.
 */
final class PrefetchBuffer {

    /** Per queue, and a member consumes a queue per partition. A single larger message fits into an empty buffer. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private final Queue<FetchedMessage> messages = new ArrayDeque<>();
    private long bytes;
    private int capacity = Integer.MAX_VALUE;

    synchronized void addOrDrop(FetchedMessage message) {
        if (!hasOverflowed() && bytes > 0 && bytes + message.bytes() > MAX_BYTES) {
            capacity = messages.size();
        }
        if (!hasOverflowed()) {
            messages.add(message);
            bytes += message.bytes();
        }
    }

    synchronized List<FetchedMessage> take(int max) {
        List<FetchedMessage> taken = new ArrayList<>();
        while (taken.size() < max && !messages.isEmpty()) {
            FetchedMessage next = messages.remove();
            bytes -= next.bytes();
            taken.add(next);
        }
        return taken;
    }

    /** Whether a message was dropped. */
    synchronized boolean hasOverflowed() {
        return capacity < Integer.MAX_VALUE;
    }

    /** How many messages there was room for when the first one was dropped. */
    synchronized int capacity() {
        return capacity;
    }

    /** Whether the queue has to be consumed anew: only dropped messages are left, or the oldest one has waited too long. */
    synchronized boolean isExhausted(Duration maxAge) {
        FetchedMessage oldest = messages.peek();
        return oldest == null ? hasOverflowed() : oldest.isOlderThan(maxAge);
    }
}
