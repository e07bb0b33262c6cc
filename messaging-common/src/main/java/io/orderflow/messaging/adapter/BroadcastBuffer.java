package io.orderflow.messaging.adapter;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broadcasts that the client has received and that were not polled yet. When it is full, new ones are dropped: a receiver that
 * does not keep up must not fill the memory. Thread-safe.
 */
public final class BroadcastBuffer {

    private static final int CAPACITY = 10_000;

    private static final Logger log = LoggerFactory.getLogger(BroadcastBuffer.class);

    private final BlockingQueue<Delivery<String, byte[]>> received = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();

    /** Appends a message, or drops it. Called by the client's thread. */
    public void add(Delivery<String, byte[]> delivery) {
        if (!received.offer(delivery)) {
            dropped.incrementAndGet();
        }
    }

    /** The next messages, at most so many; none when the time is up. */
    public List<Delivery<String, byte[]>> poll(Duration timeout, int max) {
        List<Delivery<String, byte[]>> polled = new ArrayList<>();
        try {
            Delivery<String, byte[]> first = received.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                polled.add(first);
                received.drainTo(polled, max - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while waiting for broadcasts.", e);
        }
        long missed = dropped.getAndSet(0);
        if (missed > 0) {
            log.warn(
                    "{} broadcasts to '{}' were dropped, because {} were not handled yet.",
                    missed,
                    polled.get(0).topic(),
                    CAPACITY);
        }
        return polled;
    }
}
