package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.pipeline.TimeLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which a member's handlers run. Meanwhile the loop's own thread keeps the member in its group and checks the
 * time limit, so that neither a slow handler nor one that hangs looks like a dead member or delays a shutdown.
 */
final class HandlerThread {

    /** The longest interval between two calls that keep the member in its group. */
    private static final Duration KEEP_ALIVE_EVERY = Duration.ofSeconds(1);

    private static final int CHECKS_PER_LIMIT = 4;

    private final BatchHandler handler;
    private final TimeLimit limit;
    private final StopSignal stop;
    private final long tickMillis;
    private final ExecutorService thread;

    /** @param patience how long the broker keeps polled messages from other members without a keep-alive */
    HandlerThread(String name, BatchHandler handler, TimeLimit limit, Duration patience, StopSignal stop) {
        this.handler = handler;
        this.limit = limit;
        this.stop = stop;
        long shortest = Math.min(limit.limit().toMillis(), patience.toMillis());
        tickMillis = Math.max(1, Math.min(KEEP_ALIVE_EVERY.toMillis(), shortest / CHECKS_PER_LIMIT));
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, name + "-handler");
            worker.setDaemon(true); // a handler that hangs must not keep the JVM running
            return worker;
        });
    }

    /**
     * Returns when all messages are handled.
     *
     * @param keepAlive called regularly meanwhile; once it throws, messages that are not begun are left to other members
     * @param progress called if messages were handled meanwhile
     * @throws InterruptedException if the loop is abandoned; a handler that hangs is then left alone, and cannot commit
     */
    void handle(List<Delivery<String, byte[]>> deliveries, Runnable keepAlive, Runnable progress) throws Exception {
        Future<?> work = thread.submit(() -> {
            handler.handle(deliveries);
            return null;
        });
        RuntimeException revoked = null;
        long finished = limit.finished();
        while (!isDone(work, revoked)) {
            limit.check();
            if (limit.finished() != finished) {
                finished = limit.finished();
                progress.run();
            }
            if (revoked == null) {
                revoked = keepAlive(keepAlive);
            }
        }
    }

    private boolean isDone(Future<?> work, @Nullable RuntimeException revoked) throws Exception {
        try {
            work.get(tickMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (revoked == null) {
                throw thrown(e);
            }
        }
        if (revoked != null) {
            stop.resumeAfterRevocation();
            throw revoked;
        }
        return true;
    }

    private static Exception thrown(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return (Exception) e.getCause();
    }

    private @Nullable RuntimeException keepAlive(Runnable keepAlive) {
        try {
            keepAlive.run();
            return null;
        } catch (RuntimeException e) {
            stop.revokePoll();
            return e;
        }
    }

    /** Accepts no more messages. */
    void close() {
        thread.shutdown();
    }
}
