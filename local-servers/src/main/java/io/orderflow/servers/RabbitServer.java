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

/** A real RabbitMQ of one node, with an Erlang port mapper, a cookie and a data folder of its own. */
public final class RabbitServer extends RealServer {

    /** The environment variable that gives a server to use: amqp://user:password@host:port. */
    public static final String ADDRESS = "ORDERFLOW_TEST_RABBITMQ";

    private static final String IMAGE = "rabbitmq:4-management";
    private static final String PROGRAM = "rabbitmq-server";
    private static final int PROBE_MILLIS = 5_000;
    private static final int CONTROL_SECONDS = 20;
    /** Debian's /usr/sbin/rabbitmq-server changes the user and forgets the environment: these are the real scripts. */
    private static final String[] PROGRAM_PLACES = {
        "/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin", "/usr/local/opt/rabbitmq/sbin", "/opt/homebrew/opt/rabbitmq/sbin"
    };

    /**
     * RabbitMQ writes down where a quorum queue has its log some seconds after the queue was declared. Killed in between,
     * it knows the queue and finds no leader for it, until somebody deletes it. So it is told to write before it is killed.
     */
    private static final String WRITE_DIRECTORY = "[dets:sync(T) || T <- dets:all()].";

    private static final String CONFIGURATION = """
            loopback_users.guest = true
            disk_free_limit.absolute = 50MB
            # the write-ahead log of quorum queues is memory as well: 512 MB by default
            raft.wal_max_size_bytes = 33554432
            """;

    private final URI uri;
    private final Predicate<String[]> control;

    private RabbitServer(URI uri, Place place, Predicate<String[]> control) {
        super("RabbitMQ", place);
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
        return Finding.place(
                "RabbitMQ",
                IMAGE,
                program().isPresent(),
                PackageManager.advice(PROGRAM),
                () -> start(new Container(IMAGE, 5672, port, Map.of()), port),
                () -> start(Folders.passing("rabbitmq"), port));
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
        LocalProcess server = new LocalProcess("rabbitmq", folder, List.of(program, "-noinput"), environment, "TERM");
        // left to itself, Erlang starts a port mapper that outlives the server
        LocalProcess portMapper = new LocalProcess("epmd", folder, List.of(portMapper()), environment, "TERM");
        return new RabbitServer(
                uri(port), new Assisted(server, portMapper), arguments -> control(program, environment, arguments));
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
     * @throws UnsupportedOperationException if the server is somebody else's
     */
    public void control(String... arguments) {
        if (!control.test(arguments)) {
            throw new IllegalStateException("rabbitmqctl " + String.join(" ", arguments) + " failed; see the log.");
        }
    }

    @Override
    void beforeCrash() {
        control("eval", WRITE_DIRECTORY);
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
        return Commands.find(PROGRAM, PROGRAM_PLACES);
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
        environment.put("RABBITMQ_MNESIA_BASE", Folders.in(folder, "data").toString());
        environment.put("RABBITMQ_LOG_BASE", Folders.in(folder, "log").toString());
        environment.put("RABBITMQ_LOGS", "-");
        environment.put("RABBITMQ_CONSOLE_LOG", "new");
        environment.put(
                "RABBITMQ_CONFIG_FILE",
                Folders.file(folder, "rabbitmq.conf", CONFIGURATION).toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                Folders.file(folder, "enabled_plugins", "[].").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        // run Erlang in the place of the script, so that our signals reach it
        environment.put("RABBITMQ_ALLOW_INPUT", "1");
        // no spinning of idle schedulers, and not one for each core of a big machine
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none");
        return environment;
    }

    private static final class Shared {
        private static final RabbitServer SERVER = find();

        private static boolean refuse(String... arguments) {
            throw new UnsupportedOperationException("The server in " + ADDRESS + " is not this test's to command.");
        }

        private static RabbitServer find() {
            String given = System.getenv(ADDRESS);
            return given == null
                    ? start()
                    : new RabbitServer(URI.create(given), new Elsewhere(ADDRESS, given), Shared::refuse);
        }
    }
}
