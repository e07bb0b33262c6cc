package io.orderflow.servers.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network that can be broken: listens on a port of the loopback interface, and passes on to a target what it is told,
 * byte by byte and in order. Safe for many threads.
 *
 * <p>A fault lasts until the next call; {@link #heal()} ends it. What it does not do: it loses no bytes of a connection
 * that goes on, as TCP does not; and the operating system acknowledges what a client has written even while nothing is
 * passed on, so that only what the two ends say to each other tells them of a silence.
 */
public final class TcpProxy implements AutoCloseable {

    private final String targetHost;
    private final int targetPort;
    private final int port;
    private final Line line = new Line();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listening;
    private Thread accepting;
    private boolean closed;

    private TcpProxy(int port, String targetHost, int targetPort) {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
        this.listening = listen(port);
        this.port = listening.getLocalPort();
        this.accepting = accept(listening);
    }

    /** One that listens on a free port. */
    public static TcpProxy to(String targetHost, int targetPort) {
        return new TcpProxy(0, targetHost, targetPort);
    }

    /** One that listens on this port: what a broker says to its clients that it can be reached at. */
    public static TcpProxy at(int port, String targetHost, int targetPort) {
        return new TcpProxy(port, targetHost, targetPort);
    }

    /** Where it listens, on the loopback interface. */
    public int port() {
        return port;
    }

    /** Every piece that is read (up to 16 KiB) waits for so long before it is passed on, in both directions. */
    public void delay(Duration pause) {
        line.become(Line.Fault.delay(pause));
    }

    /**
     * Silence: connections stay open and no byte moves in either direction; new connections are accepted and hear
     * nothing. What was written meanwhile arrives when it is over, the end of a connection too.
     */
    public void blackhole() {
        line.become(Line.Fault.silence());
    }

    /** Ends all connections at once with a reset. New ones are let through, unless another fault lasts. */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Ends all connections with a reset; once this returns nobody listens any more until {@link #heal()}. */
    public synchronized void refuse() {
        line.become(Line.Fault.none());
        stopListening();
        reset();
    }

    /** Each connection, new or old, is reset when so many bytes more have gone through it, both directions together. */
    public void cutAfter(long bytes) {
        connections.forEach(connection -> connection.forgetPassed());
        line.become(Line.Fault.cut(bytes));
    }

    /** Everything goes through again. What was ended stays ended. */
    public synchronized void heal() {
        line.become(Line.Fault.none());
        if (listening == null && !closed) {
            listening = listen(port);
            accepting = accept(listening);
        }
    }

    /** How many connections are open now. */
    public int connections() {
        return connections.size();
    }

    /** How many connections {@link #cutAfter(long)} has ended so far. */
    public int cuts() {
        return line.cuts();
    }

    /** Resets all connections and listens no more. Returns once all its threads are gone; closing twice does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stopListening();
        }
        line.end();
        reset();
        try {
            // a thread that is joined may have started another one before it ended
            for (Thread thread = anyThread(); thread != null; thread = anyThread()) {
                thread.join();
                threads.remove(thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Thread anyThread() {
        return threads.stream().findAny().orElse(null);
    }

    @Override
    public String toString() {
        return "proxy at " + port + " before " + targetHost + ":" + targetPort;
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    private Thread accept(ServerSocket on) {
        return start("accepting", () -> {
            while (true) {
                Socket client;
                try {
                    client = on.accept();
                } catch (IOException stoppedListening) {
                    return;
                }
                serve(client);
            }
        });
    }

    private void serve(Socket client) {
        ProxiedConnection connection = new ProxiedConnection(client, line);
        connections.add(connection);
        start("serving", () -> {
            try {
                connection.open(targetHost, targetPort);
                Thread answers = start("answering", connection::passAnswers);
                connection.passRequests();
                answers.join();
            } catch (IOException | InterruptedException e) {
                connection.reset();
            } finally {
                connection.end();
                connections.remove(connection);
            }
        });
    }

    private Thread start(String what, Runnable task) {
        threads.removeIf(each -> !each.isAlive());
        Thread thread = new Thread(task, "proxy-" + port + "-" + what);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return thread;
    }

    private void stopListening() {
        if (listening != null) {
            try {
                listening.close();
                // the port takes connections until the thread that waits for one has left the system call
                accepting.join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            listening = null;
        }
    }
}
