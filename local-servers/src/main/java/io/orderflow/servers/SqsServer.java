package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * A local server with the protocols of Amazon SNS and SQS, durable. It accepts any credentials, and is always a process: the
 * corrections that it needs are not in its image.
 */
public final class SqsServer extends RealServer {

    /** The environment variable that gives a server to use, such as {@code http://localhost:4566}. */
    public static final String ADDRESS = "ORDERFLOW_TEST_SQS";

    /** The only region. */
    public static final String REGION = "us-east-1";

    private static final int PROBE_MILLIS = 2_000;

    private final URI endpoint;

    private SqsServer(URI endpoint, Lifecycle lifecycle) {
        super("SQS", lifecycle);
        this.endpoint = endpoint;
        startAndAwait();
    }

    /** The server given by {@value #ADDRESS}, else one that all tests of this JVM share. */
    public static SqsServer find() {
        return Shared.SERVER;
    }

    /** A new server of the caller's own, empty, on a free port. */
    public static SqsServer start() {
        return start(Folders.temporary("sqs"), Ports.free());
    }

    /** A new server with its data in the folder. */
    public static SqsServer start(Path folder, int port) {
        Map<String, String> settings = Map.of(
                "FAUXQS_PORT", Integer.toString(port),
                "FAUXQS_DATA_DIR", folder.toString(),
                "FAUXQS_DEFAULT_REGION", REGION);
        return new SqsServer(
                URI.create("http://localhost:" + port),
                new LocalProcess("sqs", folder, Fauxqs.installed().command(), settings, "TERM"));
    }

    /** The address of both services. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(ADDRESS, endpoint.toString());
    }

    @Override
    public TcpProxy proxy() {
        return TcpProxy.to(endpoint.getHost(), endpoint.getPort());
    }

    @Override
    void probe() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve("/health").toURL().openConnection();
        connection.setConnectTimeout(PROBE_MILLIS);
        connection.setReadTimeout(PROBE_MILLIS);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(endpoint + " answered with status " + connection.getResponseCode());
        }
    }

    private static final class Shared {
        private static final SqsServer SERVER = find();

        private static SqsServer find() {
            String given = System.getenv(ADDRESS);
            return given == null ? start() : new SqsServer(URI.create(given), new External(ADDRESS, given));
        }
    }
}
