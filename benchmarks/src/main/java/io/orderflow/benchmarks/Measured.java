package io.orderflow.benchmarks;

/** One side of a comparison, run once: how many messages a second went through. */
@FunctionalInterface
interface Measured {

    double perSecond() throws Exception;

    /** All of the work counts. */
    static Measured timed(int messages, Work work) {
        return () -> {
            long start = System.nanoTime();
            work.run();
            return messages * 1e9 / (System.nanoTime() - start);
        };
    }

    /** What is timed. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
