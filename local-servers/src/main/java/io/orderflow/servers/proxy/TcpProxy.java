package io.orderflow.servers.proxy;

import io.orderflow.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A proxy with network faults: listens on a port of the loopback interface and forwards to a target. Safe for many threads.
 *
 * <p>A fault lasts until the next call; {@link #heal()} ends it. A connection that stays open loses no bytes. During a
 * silence the operating system still acknowledges what a client writes, so that only time-outs of the protocols above TCP
 * detect it.
 */
public final class TcpProxy implements AutoCloseable {

    private static final Duration UNTIL_REFUSED = Duration.ofSeconds(10);

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

    /**
     * One that listens on a free port below the range of outgoing connections: a client of a port in that range can be given the
     * same port as its own, and then connects to itself although nothing listens.
     */
    public static TcpProxy to(String targetHost, int targetPort) {
        return new TcpProxy(Ports.free(), targetHost, targetPort);
    }

    /** One that listens on this port, which a broker advertises. */
    public static TcpProxy at(int port, String targetHost, int targetPort) {
        return new TcpProxy(port, targetHost, targetPort);
    }

    /** Its port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Delays every chunk of up to 16 KiB, in both directions. */
    public void delay(Duration pause) {
        line.set(Line.Fault.delay(pause));
    }

    /**
     * Silence: connections stay open, new ones are accepted, and no byte is passed in either direction. What was written
     * meanwhile, the end of a connection included, is passed when it ends.
     */
    public void blackhole() {
        line.set(Line.Fault.silence());
    }

    /** Resets all connections. New ones are accepted, unless another fault lasts. */
    public void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Resets all connections and refuses new ones until {@link #heal()}. */
    public synchronized void refuse() {
        line.set(Line.Fault.none());
        stopListening();
        reset();
    }

    /** Resets each connection, new or old, after this many more bytes of both directions. */
    public void cutAfter(long bytes) {
        connections.forEach(connection -> connection.resetPassed());
        line.set(Line.Fault.cut(bytes));
    }

    /** Ends the fault. Reset connections stay closed. */
    public synchronized void heal() {
        line.set(Line.Fault.none());
        if (listening == null && !closed) {
            listening = listen(port);
            accepting = accept(listening);
        }
    }

    /** The number of open connections. */
    public int connections() {
        return connections.size();
    }

    /** The number of connections that {@link #cutAfter(long)} has reset. */
    public int cuts() {
        return line.cuts();
    }

    /** Resets all connections and stops listening. Returns once all its threads have ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stopListening();
        }
        line.end();
        reset();
        try {
            // a joined thread may have started another one
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
                // the port accepts connections until the waiting thread has left the system call
                accepting.join();
                awaitRefused();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            listening = null;
        }
    }

    /** A process that is being started holds a copy of the listening socket for some milliseconds. */
    private void awaitRefused() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + UNTIL_REFUSED.toNanos();
        while (accepts()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Port " + port + " still accepts connections " + UNTIL_REFUSED.toSeconds()
                        + " s after the proxy has stopped listening; another process listens there");
            }
            Thread.sleep(1);
        }
    }

    private boolean accepts() throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (SocketException refusedOrReset) {
            return !(refusedOrReset instanceof ConnectException);
        }
    }
}
