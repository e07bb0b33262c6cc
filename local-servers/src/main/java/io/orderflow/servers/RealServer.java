package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.util.Map;

/**
 * A real server that answers once it exists. It lives no longer than this JVM, however this JVM ends. Its life is
 * for one thread at a time; its addresses may be read by any.
 *
 * <p>Where a server given in the environment is used, it is somebody else's: to crash, pause or stop it is refused.
 */
public abstract class RealServer implements TestServer, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Place place;

    RealServer(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    /** Throws anything while the server does not serve yet. */
    abstract void probe() throws Exception;

    final void startAndAwait() {
        place.start();
        awaitReady();
    }

    @Override
    public abstract Map<String, String> environment();

    /**
     * A new network before it that can be broken: clients that connect to the proxy's port get to this server through
     * it alone. The caller closes it.
     */
    public abstract TcpProxy proxy();

    @Override
    public final void crash() {
        beforeCrash();
        place.kill();
    }

    /** What a server has to be helped with before it is killed, so that its own defects are not tested. */
    void beforeCrash() {}

    @Override
    public final void restart() {
        startAndAwait();
    }

    /** Freezes it: connections stay open and nothing answers. */
    public final void pause() {
        place.freeze();
    }

    /** Lets it go on after {@link #pause()}. */
    public final void resume() {
        place.thaw();
    }

    /** Ends it in good order. Returns once it is gone. */
    public final void stop() {
        place.stop();
    }

    /**
     * Runs the task, on a thread of its own, when the process that runs now ends without having been told to by this object.
     * Never for a server that is no process of ours, but runs in a container or elsewhere.
     */
    public final void onUnexpectedEnd(Runnable task) {
        place.onUnexpectedEnd(task);
    }

    /** The end of its log. */
    public final String lastWords() {
        return place.lastWords();
    }

    /** Stops it for good, with its data if nobody gave a folder for them. */
    @Override
    public final void close() {
        place.discard();
    }

    @Override
    public final String toString() {
        return name + " (" + place + ")";
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                probe();
                return;
            } catch (Exception notYet) {
                if (!place.isAlive() || System.nanoTime() > deadline) {
                    place.kill();
                    throw new ServerUnavailableException(
                            name + " did not come up (" + notYet + "). It said:\n" + place.lastWords(), notYet);
                }
            }
            Pause.briefly();
        }
    }
}
