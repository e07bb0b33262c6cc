package io.orderflow.benchmarks;

/** Times the reading of a number of messages: from the first poll that brought some, so that joining a group does not count. */
final class Reading {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final int total;
    private final long deadline = System.nanoTime() + PATIENCE_NANOS;
    private int first;
    private int read;
    private long start;
    private long end;

    Reading(int total) {
        this.total = total;
    }

    boolean wantsMore() {
        if (read < total && System.nanoTime() > deadline) {
            throw new IllegalStateException("Only " + read + " of " + total + " messages came in a minute.");
        }
        return read < total;
    }

    /** So many came. To be called once they are acknowledged. */
    void add(int messages) {
        if (messages == 0) {
            return;
        }
        end = System.nanoTime();
        if (read == 0) {
            first = messages;
            start = end;
        }
        read += messages;
    }

    double perSecond() {
        return (read - first) * 1e9 / (end - start);
    }
}
