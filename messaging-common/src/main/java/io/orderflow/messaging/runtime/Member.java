package io.orderflow.messaging.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of a group as it runs: its loop, on a thread that is replaced if it dies, and the time of its handlers. */
final class Member {

    private static final Logger log = LoggerFactory.getLogger(Member.class);

    private final String name;
    private final Loop loop;
    private final TimeLimit limit;
    private final StopSignal stop;
    private final Supplier<@Nullable String> paused;
    private Thread thread;
    private int restarts;
    private volatile @Nullable String death;

    /** @param paused why its subscription is held back; null while it is not */
    Member(String name, Loop loop, TimeLimit limit, StopSignal stop, Supplier<@Nullable String> paused) {
        this.name = name;
        this.loop = loop;
        this.limit = limit;
        this.stop = stop;
        this.paused = paused;
        thread = newThread();
    }

    private Thread newThread() {
        Thread fresh = new Thread(loop, name);
        fresh.setUncaughtExceptionHandler((dead, cause) -> death = cause.toString());
        return fresh;
    }

    synchronized void start() {
        thread.start();
    }

    /** Gives the loop a new thread if it has lost its own, which only an Error can bring about that nobody could catch. */
    synchronized void reviveIfDead() {
        if (!thread.isAlive() && !stop.isStopping()) {
            restarts++;
            log.error("{} had ended and is started again, for the {}. time; it died of: {}", name, restarts, death);
            thread = newThread();
            thread.start();
        }
    }

    /** Interrupts a handler whose time is up. */
    void watchTheTime() {
        limit.check();
    }

    /** Finish what is polled. */
    void stop() {
        stop.stop();
    }

    /** Finish what is being handled, if it can be interrupted, and give back the rest. */
    void giveBack() {
        stop.giveBack();
        limit.stop();
    }

    /** Leave the handler alone, and give back. */
    synchronized void abandon() {
        thread.interrupt();
    }

    synchronized boolean isAlive() {
        return thread.isAlive();
    }

    /** Whether its thread ended within that time. */
    boolean hasEnded(long millis) throws InterruptedException {
        Thread current;
        synchronized (this) {
            current = thread;
        }
        current.join(Math.max(1, millis));
        return !current.isAlive();
    }

    synchronized MemberState state() {
        return new MemberState(name, thread.isAlive(), restarts, loop.lastSign(), problem());
    }

    private @Nullable String problem() {
        String trouble = loop.problem();
        if (trouble == null) {
            trouble = limit.problem();
        }
        return trouble == null ? paused.get() : trouble;
    }
}
