package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.util.Map;

/**
 * A running server. It does not outlive this JVM, however that ends. Starting and ending it is for one thread at a time, its
 * addresses may be read by any.
 *
 * <p>A server given in the environment cannot be crashed, paused or stopped.
 */
public abstract class RealServer implements TestServer, AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private final String name;
    private final Lifecycle lifecycle;

    RealServer(String name, Lifecycle lifecycle) {
        this.name = name;
        this.lifecycle = lifecycle;
    }

    /** Throws an exception while the server is not ready. */
    abstract void probe() throws Exception;

    final void startAndAwait() {
        lifecycle.start();
        awaitReady();
    }

    @Override
    public abstract Map<String, String> environment();

    /**
     * A new proxy before this server, which the caller closes.
     */
    public abstract TcpProxy proxy();

    @Override
    public final void crash() {
        beforeCrash();
        lifecycle.kill();
    }

    /** Prepares the server for a crash where a defect of its own would spoil the test. */
    void beforeCrash() {}

    @Override
    public final void restart() {
        startAndAwait();
    }

    /** Suspends it: connections stay open and it does not answer. */
    public final void pause() {
        lifecycle.freeze();
    }

    /** Resumes it after {@link #pause()}. */
    public final void resume() {
        lifecycle.thaw();
    }

    /** Shuts it down. Returns once it has ended. */
    public final void stop() {
        lifecycle.stop();
    }

    /**
     * Runs the task, in a thread of its own, when a process of it ends without a call of this object. Not supported for
     * containers and servers given in the environment.
     */
    public final void onUnexpectedEnd(Runnable task) {
        lifecycle.onUnexpectedEnd(task);
    }

    /** The end of its log. */
    public final String logTail() {
        return lifecycle.logTail();
    }

    /** Ends it for good, and deletes its data unless a folder was given for them. */
    @Override
    public final void close() {
        lifecycle.discard();
    }

    @Override
    public final String toString() {
        return name + " (" + lifecycle + ")";
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                probe();
                return;
            } catch (Exception notReady) {
                if (!lifecycle.isAlive() || System.nanoTime() > deadline) {
                    lifecycle.kill();
                    throw new ServerUnavailableException(
                            name + " did not start (" + notReady + "). Its log:\n" + lifecycle.logTail(), notReady);
                }
            }
            Pause.briefly();
        }
    }
}
