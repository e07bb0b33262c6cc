package io.orderflow.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Threads that write at the same time, as fast as they can or at a steady pace. */
final class Writers implements AutoCloseable {

    /** What is done for the message of that number. */
    interface Each {
        void write(int number) throws Exception;
    }

    private final int threads;
    private final ExecutorService executor;

    Writers(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(threads);
    }

    void write(int messages, Each each) throws Exception {
        paced(messages, 0, each);
    }

    /** @param perSecond of all threads together; 0 for as fast as they can */
    void paced(int messages, int perSecond, Each each) throws Exception {
        long start = System.nanoTime();
        List<Future<?>> writing = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            writing.add(executor.submit(() -> {
                for (int number = first; number < messages; number += threads) {
                    if (perSecond > 0) {
                        LockSupport.parkNanos(start + number * 1_000_000_000L / perSecond - System.nanoTime());
                    }
                    each.write(number);
                }
                return null;
            }));
        }
        for (Future<?> thread : writing) {
            thread.get();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
