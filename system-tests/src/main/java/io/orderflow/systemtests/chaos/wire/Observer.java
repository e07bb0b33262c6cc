package io.orderflow.systemtests.chaos.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads all topics for as long as it lives, in a thread of its own. A broker that is away is waited for. */
public final class Observer implements AutoCloseable {

    private static final long BREATH_NANOS = 50_000_000;

    private final Wires wires;
    private final List<String> topics;
    private final Consumer<Sighting> witness;
    private final List<Sighting> sightings = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "observer");
    private volatile boolean closed;

    /**
     * Returns when nothing is missed any more.
     *
     * @param witness is told of every sighting, in the observer's thread
     */
    public Observer(Wires wires, List<String> topics, Consumer<Sighting> witness) throws IOException {
        this.wires = wires;
        this.topics = topics;
        this.witness = witness;
        Wire first = opened();
        first.close();
        thread.setDaemon(true);
        thread.start();
    }

    /** All that was seen so far, in the order in which it was seen. */
    public List<Sighting> sightings() {
        synchronized (sightings) {
            return List.copyOf(sightings);
        }
    }

    private void run() {
        Wire wire = null;
        while (!closed) {
            try {
                wire = wire == null ? opened() : wire;
                wire.look().forEach(this::note);
            } catch (IOException | RuntimeException away) {
                close(wire);
                wire = null;
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
        close(wire);
    }

    private Wire opened() throws IOException {
        Wire wire = wires.open();
        try {
            wire.watch(topics);
            return wire;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private void note(Sighting sighting) {
        synchronized (sightings) {
            sightings.add(sighting);
        }
        witness.accept(sighting);
    }

    private static void close(@Nullable Wire wire) {
        if (wire != null) {
            wire.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
