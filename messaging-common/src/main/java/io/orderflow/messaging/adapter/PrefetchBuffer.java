package io.orderflow.messaging.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one queue or partition that were fetched and not yet polled, in order. For brokers that count prefetched
 * messages and not bytes: a message that exceeds the limit is dropped, and so are all after it, because order would be lost
 * otherwise. A dropped message is unacknowledged; the broker delivers it again once the adapter subscribes to the queue again. A
 * message larger than the limit is accepted while the buffer is empty. Thread-safe.
 */
public final class PrefetchBuffer<T> {

    private final int maxBytes;
    private final ToIntFunction<T> bytesOf;
    private final Queue<T> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean dropped;
    private int accepted;

    public PrefetchBuffer(int maxBytes, ToIntFunction<T> bytesOf) {
        this.maxBytes = maxBytes;
        this.bytesOf = bytesOf;
    }

    /** Appends a message, or drops it. */
    public synchronized void add(T message) {
        int size = bytesOf.applyAsInt(message);
        if (!dropped && bytes > 0 && bytes + size > maxBytes) {
            dropped = true;
            accepted = waiting.size();
        }
        if (!dropped) {
            waiting.add(message);
            bytes += size;
        }
    }

    /** Removes and returns the next messages, at most so many. */
    public synchronized List<T> take(int max) {
        List<T> taken = new ArrayList<>(Math.min(max, waiting.size()));
        while (taken.size() < max && !waiting.isEmpty()) {
            T next = waiting.remove();
            bytes -= bytesOf.applyAsInt(next);
            taken.add(next);
        }
        return taken;
    }

    /** The next message, which stays; null if there is none. */
    public synchronized @Nullable T peek() {
        return waiting.peek();
    }

    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether a message was dropped. It stays so: a new subscription has a new buffer. */
    public synchronized boolean hasDropped() {
        return dropped;
    }

    /** How many messages were buffered when the first one was dropped: a prefetch count that fits. */
    public synchronized int accepted() {
        return accepted;
    }
}
