package io.orderflow.servers.proxy;

import java.io.IOException;
import java.time.Duration;

/** The current fault of a proxy, for all its connections. */
final class Line {

    /**
     * @param delay before each piece
     * @param silent whether no byte is passed
     * @param budget the number of bytes after which a connection is reset
     */
    record Fault(Duration delay, boolean silent, long budget) {

        static Fault none() {
            return new Fault(Duration.ZERO, false, Long.MAX_VALUE);
        }

        static Fault delay(Duration delay) {
            return new Fault(delay, false, Long.MAX_VALUE);
        }

        static Fault silence() {
            return new Fault(Duration.ZERO, true, Long.MAX_VALUE);
        }

        static Fault cut(long budget) {
            return new Fault(Duration.ZERO, false, budget);
        }
    }

    private Fault fault = Fault.none();
    private boolean ended;
    private int cuts;

    synchronized void set(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Ends all waits with an exception. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits until bytes may be passed, and returns how many a connection may pass in all. */
    synchronized long awaitPassage() throws IOException, InterruptedException {
        long from = System.nanoTime();
        long left = 1;
        while (!ended && (fault.silent() || left > 0)) {
            left = fault.delay().toMillis()
                    - Duration.ofNanos(System.nanoTime() - from).toMillis();
            if (fault.silent()) {
                wait();
            } else if (left > 0) {
                wait(left);
            }
        }
        if (ended) {
            throw new IOException("The proxy was closed.");
        }
        return fault.budget();
    }

    synchronized void countCut() {
        cuts++;
    }

    synchronized int cuts() {
        return cuts;
    }
}
