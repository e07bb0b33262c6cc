package io.orderflow.servers.proxy;

import java.io.IOException;
import java.time.Duration;

/** What is wrong with the network just now, for all connections of one proxy. */
final class Line {

    /**
     * @param delay before each piece
     * @param silent no byte moves
     * @param budget what a connection may pass before it is cut
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

    synchronized void become(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Whoever waits gives up. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits until something may be passed on, and tells how much a connection may pass in all. */
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
