package io.orderflow.messaging.pipeline;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts a handler that exceeds its limit, and fails its message whatever it does then, so that nothing is committed after
 * the limit. A handler that ignores the interrupt keeps its thread and its message until it returns. For one member: the handler
 * runs on one thread, and another thread calls {@link #check}.
 */
public final class TimeLimit implements HandlerMiddleware {

    /** A handler that has not returned after this time ignores the interrupt. */
    private static final Duration REACTION = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(TimeLimit.class);

    private static final class Call {
        final Thread thread = Thread.currentThread();
        final String message;
        final long began;
        boolean expired;
        boolean ignores;

        Call(String message, long began) {
            this.message = message;
            this.began = began;
        }
    }

    private final String who;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private @Nullable Call call;
    private boolean stopped;
    private long finished;

    /** @param who the name of the member, for the log */
    public TimeLimit(String who, Duration limit) {
        this(who, limit, System::nanoTime);
    }

    TimeLimit(String who, Duration limit, LongSupplier nanoTime) {
        this.who = who;
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    public Duration limit() {
        return limit;
    }

    /** The name of the member. */
    public String who() {
        return who;
    }

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            Call mine = begin(delivery);
            HandlerResult result;
            try {
                result = next.handle(delivery);
            } catch (Throwable e) {
                end(mine, e);
                throw e;
            }
            end(mine, null);
            return result;
        };
    }

    private synchronized Call begin(Delivery<String, byte[]> delivery) throws InterruptedException {
        if (stopped) {
            throw new InterruptedException("Stopped before the message was handled; it returns to the broker.");
        }
        String id = delivery.message().header(Headers.ID);
        Call begun = new Call(id == null ? delivery.position() : id, nanoTime.getAsLong());
        call = begun;
        return begun;
    }

    /**
     * Throws if the call has taken too long, whether or not it has been interrupted yet and whatever it threw: that the server
     * ended its transaction after the same time is no outage. An interrupt from elsewhere is a failure of the handler, and does
     * not reach the next message.
     */
    private synchronized void end(Call mine, @Nullable Throwable failure) throws InterruptedException {
        call = null;
        finished++;
        Thread.interrupted();
        if (stopped) {
            throw new InterruptedException("Stopped while the message was handled; it returns to the broker.");
        }
        if (mine.expired || hasRunFor(mine, limit)) {
            throw new HandlerTimedOutException(limit, failure);
        }
        if (failure instanceof InterruptedException) {
            throw new IllegalStateException("The handler was interrupted, but not by its time limit.", failure);
        }
    }

    /** Interrupts a handler that exceeds its limit; repeatedly, because some code swallows the first interrupt. */
    public synchronized void check() {
        if (call == null || !hasRunFor(call, limit)) {
            return;
        }
        if (!call.expired) {
            log.warn("{}: the handler of {} is interrupted after {} ms.", who, call.message, limit.toMillis());
        } else if (!call.ignores && hasRunFor(call, limit.plus(REACTION))) {
            call.ignores = true;
            log.error("{} {}", who, describe(call));
        }
        call.expired = true;
        call.thread.interrupt();
    }

    private boolean hasRunFor(Call running, Duration time) {
        return nanoTime.getAsLong() - running.began > time.toNanos();
    }

    /** Interrupts the handler because the member stops; its message returns to the broker, and no other is begun. */
    public synchronized void stop() {
        stopped = true;
        if (call != null) {
            call.thread.interrupt();
        }
    }

    /** How many calls have ended, as a sign of progress. */
    public synchronized long finished() {
        return finished;
    }

    /** Describes a handler that ignores the interrupt; null if there is none. */
    public synchronized @Nullable String problem() {
        return call == null || !call.ignores ? null : describe(call);
    }

    private String describe(Call hanging) {
        return "waits for the handler of " + hanging.message + ", which did not return within " + limit.toMillis()
                + " ms and ignores being interrupted. What it does is rolled back when it returns; if it never does,"
                + " restart the application, and give the client that it calls a time-out.";
    }
}
