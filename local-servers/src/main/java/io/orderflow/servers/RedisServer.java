package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** A durable Redis: append-only file, fsync for every write, no eviction. */
public final class RedisServer extends RealServer {

    /** The environment variable that gives a server to use: host:port. */
    public static final String ADDRESS = "ORDERFLOW_TEST_REDIS";

    private static final String IMAGE = "redis:8";
    private static final int PROBE_MILLIS = 2_000;
    private static final List<String> DURABLE =
            List.of("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "");

    private final String host;
    private final int port;

    private RedisServer(String host, int port, Lifecycle lifecycle) {
        super("Redis", lifecycle);
        this.host = host;
        this.port = port;
        startAndAwait();
    }

    /** The server given by {@value #ADDRESS}, else one that all tests of this JVM share. */
    public static RedisServer find() {
        return Shared.SERVER;
    }

    /** A new server of the caller's own, empty, on a free port. */
    public static RedisServer start() {
        int port = Ports.free();
        return ServerLocation.choose(
                "Redis",
                IMAGE,
                true,
                PackageManager.advice("redis-server"),
                () -> new RedisServer("localhost", port, new Container(IMAGE, 6379, port, Map.of(), inContainer())),
                () -> start(Folders.temporary("redis"), port));
    }

    /** A new server as a process, with its data in the folder. */
    public static RedisServer start(Path folder, int port) {
        List<String> command = new ArrayList<>(List.of(executable(folder).toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
        command.addAll(DURABLE);
        return new RedisServer("localhost", port, new LocalProcess("redis", folder, command, Map.of(), "TERM"));
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(ADDRESS, host + ":" + port);
    }

    @Override
    public TcpProxy proxy() {
        return TcpProxy.to(host, port);
    }

    @Override
    void probe() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            if (!answer.startsWith("+PONG") && !answer.startsWith("-NOAU")) {
                throw new IOException("Redis answered a PING with " + answer);
            }
        }
    }

    private static String[] inContainer() {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(DURABLE);
        return command.toArray(String[]::new);
    }

    private static Path executable(Path folder) {
        return Commands.find("redis-server").orElseGet(() -> unpacked(folder));
    }

    private static Path unpacked(Path folder) {
        try {
            File bin = Folders.created(folder.resolve("bin")).toFile();
            return ExecutableProvider.newJarResourceProvider(bin).get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        private static final RedisServer SERVER = find();

        private static RedisServer find() {
            String given = System.getenv(ADDRESS);
            if (given == null) {
                return start();
            }
            HostAndPort address = HostAndPort.parse(ADDRESS, given);
            return new RedisServer(address.host(), address.port(), new External(ADDRESS, given));
        }
    }
}
