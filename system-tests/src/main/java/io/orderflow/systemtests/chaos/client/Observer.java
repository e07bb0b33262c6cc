package io.orderflow.systemtests.chaos.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads all topics until it is closed, in a thread of its own. When the broker is unavailable, it reconnects. */
public final class Observer implements AutoCloseable {

    private static final long POLL_NANOS = 50_000_000;

    private final PlainClient.Factory clients;
    private final List<String> topics;
    private final Consumer<ObservedMessage> listener;
    private final List<ObservedMessage> messages = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "observer");
    private volatile boolean closed;

    /**
     * Returns when no message is missed any more.
     *
     * @param listener is called with every message, in the observer's thread
     */
    public Observer(PlainClient.Factory clients, List<String> topics, Consumer<ObservedMessage> listener)
            throws IOException {
        this.clients = clients;
        this.topics = topics;
        this.listener = listener;
        connect().close();
        thread.setDaemon(true);
        thread.start();
    }

    /** All messages so far, in the order in which they were read. */
    public List<ObservedMessage> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    private void run() {
        PlainClient client = null;
        while (!closed) {
            try {
                client = client == null ? connect() : client;
                client.poll().forEach(this::observe);
            } catch (IOException | RuntimeException unavailable) {
                close(client);
                client = null;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        close(client);
    }

    private PlainClient connect() throws IOException {
        PlainClient client = clients.connect();
        try {
            client.watch(topics);
            return client;
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void observe(ObservedMessage message) {
        synchronized (messages) {
            messages.add(message);
        }
        listener.accept(message);
    }

    private static void close(@Nullable PlainClient client) {
        if (client != null) {
            client.close();
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
