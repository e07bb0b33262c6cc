package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Innermost, inside the transaction: a handler whose time is up is interrupted, and fails whatever it does then, so that
 * nothing is committed after the limit. One that ignores the interrupt keeps its thread, which Java cannot take away, until
 * it returns; nobody else is given its message meanwhile. For one member; the handler runs on one thread, and another one
 * watches.
 */
final class TimeLimit implements HandlerMiddleware {

    /** Who is not gone so long after being interrupted ignores it. */
    private static final Duration REACTION = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(TimeLimit.class);

    private static final class Call {
        final Thread thread = Thread.currentThread();
        final String message;
        final long began = System.nanoTime();
        boolean expired;
        boolean ignores;

        Call(String message) {
            this.message = message;
        }

        boolean hasRunFor(Duration time) {
            return System.nanoTime() - began > time.toNanos();
        }
    }

    private final String who;
    private final Duration limit;
    private @Nullable Call call;
    private boolean stopped;
    private long finished;

    /** @param who handles, for the log */
    TimeLimit(String who, Duration limit) {
        this.who = who;
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    /** Who handles. */
    String who() {
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
            throw new InterruptedException("Stopped before it was handled; the message goes back.");
        }
        String id = delivery.message().header(Headers.ID);
        Call begun = new Call(id == null ? delivery.position() : id);
        call = begun;
        return begun;
    }

    /**
     * Throws if the call has taken too long, interrupted from here or not yet, whatever it did then: it is not an outage that
     * the server has ended its idle transaction after the same time. That a handler was interrupted in any other way is
     * its own affair: an exception like others, and no mark on the thread for the next message.
     */
    private synchronized void end(Call mine, @Nullable Throwable failure) throws InterruptedException {
        call = null;
        finished++;
        Thread.interrupted();
        if (stopped) {
            throw new InterruptedException("Stopped in the middle of handling; the message goes back.");
        }
        if (mine.expired || mine.hasRunFor(limit)) {
            throw new HandlerTimedOutException(limit, failure);
        }
        if (failure instanceof InterruptedException) {
            throw new IllegalStateException("The handler says that it was interrupted, and nobody did that.", failure);
        }
    }

    /** Interrupts the handler if its time is up; again and again, because some code swallows the first interrupt. */
    synchronized void check() {
        if (call == null || !call.hasRunFor(limit)) {
            return;
        }
        if (!call.expired) {
            log.warn("{}: the handler of {} is interrupted after {} ms.", who, call.message, limit.toMillis());
        } else if (!call.ignores && call.hasRunFor(limit.plus(REACTION))) {
            call.ignores = true;
            log.error("{} {}", who, describe(call));
        }
        call.expired = true;
        call.thread.interrupt();
    }

    /** Interrupts the handler now, because everything is to stop; its message goes back, and no other is begun. */
    synchronized void stop() {
        stopped = true;
        if (call != null) {
            call.thread.interrupt();
        }
    }

    /** How many calls have ended, to see whether there is progress. */
    synchronized long finished() {
        return finished;
    }

    /** What there is to say of a handler that ignores the interrupt; null if there is none. */
    synchronized @Nullable String problem() {
        return call == null || !call.ignores ? null : describe(call);
    }

    private String describe(Call hanging) {
        return "waits for the handler of " + hanging.message + ", which did not return within " + limit.toMillis()
                + " ms and ignores being interrupted. What it does is rolled back when it returns; if it never does,"
                + " restart the application, and give the client that it calls a time-out.";
    }
}
