package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
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
 * The thread on which a member's handlers run. Meanwhile the loop's own thread keeps the member's place in the group and
 * watches the time, so that neither a slow handler nor one that hangs looks like a dead member, or holds up a shutdown.
 */
final class HandlerThread {

    /** How often a member shows that it lives: as often as Kafka wants to hear of it. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    private static final int LOOKS_PER_LIMIT = 4;

    private final PollHandler handler;
    private final TimeLimit limit;
    private final StopSignal stop;
    private final long tickMillis;
    private final ExecutorService thread;

    /** @param patience how long nobody else takes over what is handled without a call to keep it */
    HandlerThread(String name, PollHandler handler, TimeLimit limit, Duration patience, StopSignal stop) {
        this.handler = handler;
        this.limit = limit;
        this.stop = stop;
        long shortest = Math.min(limit.limit().toMillis(), patience.toMillis());
        tickMillis = Math.max(1, Math.min(SIGN_OF_LIFE.toMillis(), shortest / LOOKS_PER_LIMIT));
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, name + "-handler");
            worker.setDaemon(true); // one that hangs must not keep the JVM
            return worker;
        });
    }

    /**
     * Returns when all is handled.
     *
     * @param keepAlive called again and again meanwhile; once it throws, what is not begun is left to others
     * @param progress called now and then if messages were handled meanwhile
     * @throws InterruptedException if the loop is to stop; a handler that hangs is then left alone, and can commit nothing
     */
    void handle(List<Delivery<String, byte[]>> deliveries, Runnable keepAlive, Runnable progress) throws Exception {
        Future<?> work = thread.submit(() -> {
            handler.handle(deliveries);
            return null;
        });
        RuntimeException placeLost = null;
        long finished = limit.finished();
        while (!isDone(work, placeLost)) {
            limit.check();
            if (limit.finished() != finished) {
                finished = limit.finished();
                progress.run();
            }
            if (placeLost == null) {
                placeLost = keepAlive(keepAlive);
            }
        }
    }

    private boolean isDone(Future<?> work, @Nullable RuntimeException placeLost) throws Exception {
        try {
            work.get(tickMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (placeLost == null) {
                throw thrown(e);
            }
        }
        if (placeLost != null) {
            stop.goOnAfterLostPoll();
            throw placeLost;
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
            stop.losePoll();
            return e;
        }
    }

    /** Takes on nothing more. */
    void close() {
        thread.shutdown();
    }
}
