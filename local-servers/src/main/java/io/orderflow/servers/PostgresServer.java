package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that allows many connections and, unless it is shared by tests, flushes every commit to disk. */
public final class PostgresServer extends RealServer {

    /** The variable that names a server to use: {@code jdbc:postgresql://host:port/database?user=..&password=..} */
    public static final String ADDRESS = "ORDERFLOW_TEST_POSTGRES";

    /** The superuser and its password. */
    public static final String USER = "postgres";

    public static final String PASSWORD = "postgres";

    private static final String IMAGE = "postgres:17";
    private static final String DATABASE = "postgres";
    private static final int MAX_CONNECTIONS = 300;
    private static final String TIMEOUTS = "connectTimeout=5&loginTimeout=5";
    private static final String DURABLE = "on";

    /** {@code synchronous_commit} of the shared server: tests, which never kill it, need not wait for the disk at each commit. */
    private static final String SHARED_COMMIT =
            System.getProperty("orderflow.shared-postgres.synchronous-commit", DURABLE);

    private final String url;

    private PostgresServer(String url, Lifecycle lifecycle) {
        super("PostgreSQL", lifecycle);
        this.url = url;
        startAndAwait();
    }

    /** The server given by {@value #ADDRESS}, else one that all tests of this JVM share. */
    public static PostgresServer find() {
        return Shared.SERVER;
    }

    /** A new server of the caller's own, empty, on a free port. */
    public static PostgresServer start() {
        return start(DURABLE);
    }

    private static PostgresServer start(String synchronousCommit) {
        int port = Ports.free();
        return ServerLocation.choose(
                "PostgreSQL",
                IMAGE,
                true,
                "",
                () -> new PostgresServer(
                        url(port),
                        new Container(
                                IMAGE,
                                5432,
                                port,
                                Map.of("POSTGRES_PASSWORD", PASSWORD),
                                "postgres",
                                "-c",
                                "max_connections=" + MAX_CONNECTIONS,
                                "-c",
                                "synchronous_commit=" + synchronousCommit)),
                () -> start(Folders.temporary("postgres"), port, synchronousCommit));
    }

    /** A new server as a process, with its data in the folder; existing data are kept. */
    public static PostgresServer start(Path folder, int port) {
        return start(folder, port, DURABLE);
    }

    private static PostgresServer start(Path folder, int port, String synchronousCommit) {
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        Path data = folder.resolve("data").toAbsolutePath();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            binaries.initdb(data, USER);
        }
        List<String> command = new ArrayList<>(binaries.command("postgres", "-D", data.toString()));
        Map.of(
                        "port", Integer.toString(port),
                        "listen_addresses", "127.0.0.1",
                        "unix_socket_directories", "",
                        "max_connections", Integer.toString(MAX_CONNECTIONS),
                        "shared_buffers", "64MB",
                        "synchronous_commit", synchronousCommit,
                        "timezone", "UTC")
                .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        // SIGINT is PostgreSQL's fast shutdown: it ends the sessions first
        return new PostgresServer(url(port), new LocalProcess("postgres", folder, command, Map.of(), "INT"));
    }

    /** The address for {@code psql}, with user and password and without a database. */
    public String address() {
        URI server = URI.create(url.substring("jdbc:".length()));
        return "postgresql://" + USER + ":" + PASSWORD + "@" + server.getHost() + ":" + server.getPort();
    }

    /** The JDBC address of the default database, with user and password. */
    public String url() {
        return url;
    }

    /**
     * Creates an empty database with a unique name of this prefix, and returns its JDBC address with user and password.
     */
    public String createFreshDatabase(String prefix) {
        String name = prefix + "_" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
        return createDatabase(name);
    }

    /** Creates an empty database and returns its JDBC address with user and password. */
    public String createDatabase(String name) {
        execute(url, name, List.of("create database \"" + name + "\""));
        return url(name);
    }

    /**
     * The database of that name for a service, created with its roles unless it exists.
     *
     * @throws ServerUnavailableException if it exists and was not created by this method
     */
    public ServiceDatabase serviceDatabase(String name) {
        ServiceDatabase database = ServiceDatabase.named(name, url(name).replaceFirst("\\?.*", "?" + TIMEOUTS));
        String owner = ownerOf(name);
        if (owner == null) {
            execute(url, name, database.creation(name));
            execute(url(name), name, database.privileges());
        } else if (!owner.equals(database.owner().user())) {
            throw new ServerUnavailableException("The database " + name + " belongs to " + owner + ", not to "
                    + database.owner().user() + ": an earlier version created it. Start without its data.");
        }
        return database;
    }

    /** The JDBC address of the database, which need not exist, with user and password. */
    public String url(String name) {
        return url.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
    }

    private @Nullable String ownerOf(String name) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(
                        "select pg_get_userbyid(datdba) from pg_database where datname = ?")) {
            statement.setString(1, name);
            ResultSet found = statement.executeQuery();
            return found.next() ? found.getString(1) : null;
        } catch (SQLException e) {
            throw new ServerUnavailableException(
                    "The owner of the database " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void execute(String url, String name, List<String> commands) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException e) {
            throw new ServerUnavailableException("cannot create the database " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(ADDRESS, url);
    }

    @Override
    public TcpProxy proxy() {
        URI address = URI.create(url.substring("jdbc:".length()));
        return TcpProxy.to(address.getHost(), address.getPort());
    }

    @Override
    void probe() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/" + DATABASE + "?user=" + USER + "&password=" + PASSWORD + "&"
                + TIMEOUTS;
    }

    private static final class Shared {
        private static final PostgresServer SERVER = find();

        private static PostgresServer find() {
            String given = System.getenv(ADDRESS);
            return given == null ? start(SHARED_COMMIT) : new PostgresServer(given, new External(ADDRESS, given));
        }
    }
}
