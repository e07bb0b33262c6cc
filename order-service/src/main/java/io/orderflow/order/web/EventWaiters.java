package io.orderflow.order.web;

import io.orderflow.service.Problem;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Requests that wait for events. They occupy no thread: a scheduled task asks the database for all of them. */
@Component
class EventWaiters {

    static final int MOST = 200;

    private static final Problem TOO_MANY =
            new Problem("too-many-waiting", "Too many requests wait for events", HttpStatus.SERVICE_UNAVAILABLE);

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    /** Something that is asked repeatedly whether it is done. */
    interface Waiter {

        /** @param isLast whether its time is over, and it is not asked again */
        boolean isDone(boolean isLast);
    }

    private record Waiting(Waiter waiter, long deadline) {

        boolean isOver() {
            return System.nanoTime() - deadline >= 0;
        }

        boolean isDone() {
            return waiter.isDone(isOver());
        }
    }

    /** Asks at once, and then several times a second until the waiter is done or the time is over. */
    void await(Duration longest, Waiter waiter) {
        Waiting entry = new Waiting(waiter, System.nanoTime() + longest.toNanos());
        if (entry.isDone()) {
            return;
        }
        if (number.incrementAndGet() > MOST) {
            number.decrementAndGet();
            throw TOO_MANY.because(
                    MOST + " requests of this instance wait for events already. Try again later, or without waiting.");
        }
        waiting.add(entry);
    }

    /** If the database is unavailable, requests wait until their time is over; the failure is reported as that of any task. */
    @Scheduled(fixedDelayString = "PT0.25S")
    void ask() {
        RuntimeException failure = null;
        for (Waiting each : waiting) {
            boolean done;
            try {
                done = each.isDone();
            } catch (RuntimeException e) {
                failure = e;
                done = each.isOver();
            }
            if (done && waiting.remove(each)) {
                number.decrementAndGet();
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
