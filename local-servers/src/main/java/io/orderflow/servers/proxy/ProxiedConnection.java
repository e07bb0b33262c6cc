package io.orderflow.servers.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A client's connection and its connection to the target. */
final class ProxiedConnection {

    private static final int PIECE = 16 * 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private final Socket client;
    private final Socket target = new Socket();
    private final Line line;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicBoolean cut = new AtomicBoolean();

    ProxiedConnection(Socket client, Line line) {
        this.client = client;
        this.line = line;
    }

    /** Connects to the target, but not during a silence. */
    void open(String host, int port) throws IOException, InterruptedException {
        line.awaitPassage();
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        target.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
    }

    void passRequests() {
        pass(client, target);
    }

    void passAnswers() {
        pass(target, client);
    }

    void resetPassed() {
        passed.set(0);
    }

    private void pass(Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try {
            int read = from.getInputStream().read(piece);
            while (read >= 0) {
                long budget = line.awaitPassage();
                long left = budget - passed.getAndAdd(read);
                to.getOutputStream().write(piece, 0, (int) Math.max(0, Math.min(left, read)));
                if (left <= read && budget != Long.MAX_VALUE) {
                    cut();
                    return;
                }
                read = from.getInputStream().read(piece);
            }
            line.awaitPassage();
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            reset(); // resets the other end, too
        }
    }

    /** Counts once, though both directions may exceed the budget at the same moment. */
    private void cut() {
        if (cut.compareAndSet(false, true)) {
            line.countCut();
        }
        reset();
    }

    void reset() {
        for (Socket socket : new Socket[] {client, target}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException closedAlready) {
                continue;
            }
            close(socket);
        }
    }

    void end() {
        close(client);
        close(target);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed either way
        }
    }
}
