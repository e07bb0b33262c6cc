package io.orderflow.servers;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.orderflow.servers.proxy.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A RabbitMQ of one node, with its own Erlang port mapper, cookie and data folder. */
public final class RabbitServer extends RealServer {

    /** The environment variable that gives a server to use: amqp://user:password@host:port. */
    public static final String ADDRESS = "ORDERFLOW_TEST_RABBITMQ";

    private static final String IMAGE = "rabbitmq:4-management";
    private static final String PROGRAM = "rabbitmq-server";
    private static final int PROBE_MILLIS = 5_000;
    private static final int CONTROL_SECONDS = 120;
    /** Debian's /usr/sbin/rabbitmq-server changes the user and drops the environment; these folders have the original script. */
    private static final String[] PROGRAM_FOLDERS = {
        "/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin", "/usr/local/opt/rabbitmq/sbin", "/opt/homebrew/opt/rabbitmq/sbin"
    };

    /**
     * RabbitMQ flushes the location of a quorum queue's log some seconds after the declaration. Killed before that, it finds
     * no leader for the queue. So this flushes before a crash.
     */
    private static final String FLUSH = "[dets:sync(T) || T <- dets:all()].";

    private static final String CONFIGURATION = """
            loopback_users.guest = true
            disk_free_limit.absolute = 50MB
            # the write-ahead log of quorum queues is memory as well: 512 MB by default
            raft.wal_max_size_bytes = 33554432
            """;

    private final URI uri;
    private final Predicate<String[]> control;

    private RabbitServer(URI uri, Lifecycle lifecycle, Predicate<String[]> control) {
        super("RabbitMQ", lifecycle);
        this.uri = uri;
        this.control = control;
        startAndAwait();
    }

    /** The server given by {@value #ADDRESS}, else one that all tests of this JVM share. */
    public static RabbitServer find() {
        return Shared.SERVER;
    }

    /** A new server of the caller's own, empty, on a free port. */
    public static RabbitServer start() {
        int port = Ports.free();
        return ServerLocation.choose(
                "RabbitMQ",
                IMAGE,
                program().isPresent(),
                PackageManager.advice(PROGRAM),
                () -> start(new Container(IMAGE, 5672, port, Map.of()), port),
                () -> start(Folders.temporary("rabbitmq"), port));
    }

    /**
     * A new server as a process, with its data in the folder.
     *
     * @throws ServerUnavailableException if it is not installed; the message has the command that installs it
     */
    public static RabbitServer start(Path folder, int port) {
        String program = program()
                .orElseThrow(() ->
                        new ServerUnavailableException("RabbitMQ is not installed. " + PackageManager.advice(PROGRAM)))
                .toString();
        Map<String, String> environment = environment(folder, port);
        // Erlang would start a port mapper that outlives the server
        LocalProcess portMapper = new LocalProcess("epmd", folder, List.of(portMapper()), environment, "TERM");
        LocalProcess server =
                new ProcessWithHelper("rabbitmq", folder, List.of(program, "-noinput"), environment, portMapper);
        return new RabbitServer(uri(port), server, arguments -> control(program, environment, arguments));
    }

    /** Address, user and password in one. */
    public URI uri() {
        return uri;
    }

    public String host() {
        return uri.getHost();
    }

    public int port() {
        return uri.getPort();
    }

    public String user() {
        return uri.getUserInfo().split(":")[0];
    }

    public String password() {
        return uri.getUserInfo().split(":")[1];
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(ADDRESS, uri.toString());
    }

    @Override
    public TcpProxy proxy() {
        return TcpProxy.to(host(), port());
    }

    @Override
    void probe() throws Exception {
        Connections.open(host(), port());
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        factory.setConnectionTimeout(PROBE_MILLIS);
        factory.setHandshakeTimeout(PROBE_MILLIS);
        factory.setAutomaticRecoveryEnabled(false);
        try (Connection connection = factory.newConnection("readiness")) {
            connection.createChannel().close();
        }
    }

    /**
     * Runs {@code rabbitmqctl} with these arguments, and returns once it is done.
     *
     * @throws UnsupportedOperationException for a server given in the environment
     */
    public void control(String... arguments) {
        if (!control.test(arguments)) {
            throw new IllegalStateException("rabbitmqctl " + String.join(" ", arguments) + " failed; see the log.");
        }
    }

    @Override
    void beforeCrash() {
        control("eval", FLUSH);
    }

    private static RabbitServer start(Container container, int port) {
        return new RabbitServer(
                uri(port),
                container,
                arguments -> container.succeeds(Commands.prefixed(List.of("rabbitmqctl"), List.of(arguments))
                        .toArray(String[]::new)));
    }

    private static boolean control(String program, Map<String, String> environment, String... arguments) {
        String control = Path.of(program).resolveSibling("rabbitmqctl").toString();
        return Commands.succeeds(
                CONTROL_SECONDS,
                environment,
                Commands.prefixed(List.of(control), List.of(arguments)).toArray(String[]::new));
    }

    private static Optional<Path> program() {
        return Commands.find(PROGRAM, PROGRAM_FOLDERS);
    }

    private static String portMapper() {
        return Commands.find("epmd", "/usr/lib/erlang/bin", "/opt/homebrew/bin", "/usr/local/bin")
                .orElseThrow(() -> new ServerUnavailableException("Erlang's epmd is not installed"))
                .toString();
    }

    private static URI uri(int port) {
        return URI.create("amqp://guest:guest@localhost:" + port);
    }

    private static Map<String, String> environment(Path folder, int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", folder.toString());
        environment.put("RABBITMQ_NODENAME", "orderflow@localhost");
        environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODE_PORT", Integer.toString(port));
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(Ports.free()));
        environment.put("ERL_EPMD_PORT", Integer.toString(Ports.free()));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put(
                "RABBITMQ_MNESIA_BASE", Folders.created(folder.resolve("data")).toString());
        environment.put(
                "RABBITMQ_LOG_BASE", Folders.created(folder.resolve("log")).toString());
        environment.put("RABBITMQ_LOGS", "-");
        environment.put("RABBITMQ_CONSOLE_LOG", "new");
        environment.put(
                "RABBITMQ_CONFIG_FILE",
                Folders.file(folder, "rabbitmq.conf", CONFIGURATION).toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                Folders.file(folder, "enabled_plugins", "[].").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        // exec Erlang instead of forking, so that signals reach it
        environment.put("RABBITMQ_ALLOW_INPUT", "1");
        // two schedulers that do not spin when idle
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none");
        return environment;
    }

    private static final class Shared {
        private static final RabbitServer SERVER = find();

        private static boolean refuse(String... arguments) {
            throw new UnsupportedOperationException("The server given by " + ADDRESS + " cannot be controlled here.");
        }

        private static RabbitServer find() {
            String given = System.getenv(ADDRESS);
            return given == null
                    ? start()
                    : new RabbitServer(URI.create(given), new External(ADDRESS, given), Shared::refuse);
        }
    }
}
