package io.orderflow.messaging.rabbit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What the broker has sent of one queue and nobody has polled, in order. RabbitMQ counts messages and not bytes, so what
 * does not fit in here is dropped: it is unacknowledged, and comes again once the queue is read anew. From the first one
 * that is dropped on, all are, because order would be lost otherwise. Safe for many threads.
 */
final class FetchedAhead {

    /** Of one queue; a member has as many queues as partitions. A message that is larger than this fits if it is alone. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Queue<Arrival> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean dropped;
    private int kept;

    synchronized void addOrDrop(Arrival arrival) {
        if (!dropped && bytes > 0 && bytes + arrival.body().length > MOST_BYTES) {
            dropped = true;
            kept = waiting.size();
        }
        if (!dropped) {
            waiting.add(arrival);
            bytes += arrival.body().length;
        }
    }

    synchronized List<Arrival> take(int most) {
        List<Arrival> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            Arrival next = waiting.remove();
            bytes -= next.body().length;
            taken.add(next);
        }
        return taken;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized boolean hasDropped() {
        return dropped;
    }

    /** How many messages fitted when the first one did not. */
    synchronized int kept() {
        return kept;
    }

    /** Whether the queue has to be read anew: all that was kept is polled, or the broker has waited for long. */
    synchronized boolean isSpent(Duration longest) {
        Arrival oldest = waiting.peek();
        return oldest == null ? dropped : oldest.isOlderThan(longest);
    }
}
