package io.orderflow.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Checks that a port accepts connections, before a client that would log each refused one is used. */
final class Connections {

    private static final int MILLIS = 2_000;

    private Connections() {}

    static void open(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), MILLIS);
        } catch (IOException e) {
            throw new ServerUnavailableException(host + ":" + port + " does not answer: " + e.getMessage(), e);
        }
    }
}
