package io.orderflow.servers;

import io.orderflow.servers.proxy.TcpProxy;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka of one node, broker and KRaft controller in one process, without automatic creation of topics. */
public final class KafkaServer extends RealServer {

    /** The environment variable that gives a server to use: host:port. */
    public static final String ADDRESS = "ORDERFLOW_TEST_KAFKA";

    private static final String IMAGE = "apache/kafka:4.2.1";
    private static final int NODE = 1;
    private static final int PROBE_SECONDS = 5;

    /** The listener for a proxy: clients use the address that the broker advertises, which has to be the proxy's. */
    private record Proxied(int listening, int advertised) {

        static Proxied onFreePorts() {
            return new Proxied(Ports.free(), Ports.free());
        }
    }

    private final String bootstrapServers;
    private final @Nullable Proxied proxied;

    private KafkaServer(String bootstrapServers, @Nullable Proxied proxied, Lifecycle lifecycle) {
        super("Kafka", lifecycle);
        this.bootstrapServers = bootstrapServers;
        this.proxied = proxied;
        startAndAwait();
    }

    /** The server given by {@value #ADDRESS}, else one that all tests of this JVM share. */
    public static KafkaServer find() {
        return Shared.SERVER;
    }

    /** A new server of the caller's own, empty, on a free port. */
    public static KafkaServer start() {
        int port = Ports.free();
        return ServerLocation.choose(
                "Kafka", IMAGE, true, "", () -> inContainer(port), () -> start(Folders.temporary("kafka"), port));
    }

    /** A new server as a process, with its data in the folder. */
    public static KafkaServer start(Path folder, int port) {
        return start(folder, port, port);
    }

    /** The same, with the port of a proxy advertised to clients. */
    public static KafkaServer start(Path folder, int port, int advertisedPort) {
        Path data = Folders.created(folder.resolve("data"));
        Proxied proxied = Proxied.onFreePorts();
        int brokerPort = Ports.free();
        int controllerPort = Ports.free();
        Map<String, String> settings = settings(controllerPort);
        settings.put(
                "listeners",
                listeners(port, brokerPort, proxied.listening()) + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", listeners(advertisedPort, brokerPort, proxied.advertised()));
        settings.put("log.dirs", data.toString());
        Path properties = Folders.file(
                folder,
                "server.properties",
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        format(data);
        Path logging = Folders.file(folder, "logback.xml", LOGGING);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + logging,
                "-cp",
                classPath(),
                "kafka.Kafka",
                properties.toString());
        return new KafkaServer(
                "localhost:" + port, proxied, new LocalProcess("kafka", folder, command, Map.of(), "TERM"));
    }

    /** One at a time. Not supported for a server given in the environment, which does not advertise it. */
    @Override
    public TcpProxy proxy() {
        if (proxied == null) {
            throw new UnsupportedOperationException(this + " does not advertise a proxy");
        }
        return TcpProxy.at(proxied.advertised(), "localhost", proxied.listening());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(ADDRESS, bootstrapServers);
    }

    @Override
    void probe() throws ExecutionException, InterruptedException, TimeoutException {
        HostAndPort address = HostAndPort.parse(ADDRESS, bootstrapServers.split(",")[0]);
        Connections.open(address.host(), address.port());
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(PROBE_SECONDS),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TimeUnit.SECONDS.toMillis(PROBE_SECONDS));
        try (Admin admin = Admin.create(settings)) {
            // a listed broker is registered at the controller
            if (admin.describeCluster().nodes().get().isEmpty()) {
                throw new ServerUnavailableException("The broker is not registered yet.");
            }
        }
    }

    private static KafkaServer inContainer(int port) {
        Map<String, String> environment = new LinkedHashMap<>();
        Proxied proxied = Proxied.onFreePorts();
        settings(9093)
                .forEach((name, value) ->
                        environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        environment.put("KAFKA_ADVERTISED_LISTENERS", listeners(port, 9094, proxied.advertised()));
        environment.put("KAFKA_LISTENERS", "CLIENTS://:9092,BROKER://:9094,PROXIED://:9095,CONTROLLER://:9093");
        environment.put("KAFKA_HEAP_OPTS", "-Xmx384m");
        environment.put("CLUSTER_ID", Uuid.randomUuid().toString());
        return new KafkaServer(
                "localhost:" + port,
                proxied,
                new Container(IMAGE, Map.of(9092, port, 9095, proxied.listening()), environment));
    }

    /** The class path of this JVM, which has Kafka, with absolute paths. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Map<String, String> settings(int controllerPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT,BROKER:PLAINTEXT,PROXIED:PLAINTEXT");
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // By default members of share groups heartbeat every 5 s, and a failed one is removed after 45 s.
        settings.put("group.share.min.heartbeat.interval.ms", "500");
        settings.put("group.share.heartbeat.interval.ms", "500");
        settings.put("group.share.min.session.timeout.ms", "6000");
        settings.put("group.share.session.timeout.ms", "10000");
        settings.put("group.share.min.record.lock.duration.ms", "1000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // a broker that was killed is registered again only when its previous session has ended, by default after 9 s
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
        return settings;
    }

    private static String listeners(int port, int brokerPort, int proxiedPort) {
        return "CLIENTS://localhost:" + port + ",BROKER://localhost:" + brokerPort + ",PROXIED://localhost:"
                + proxiedPort;
    }

    /** Prepares an empty folder. A folder with data already has a cluster id, and Kafka accepts no other. */
    private static void format(Path data) {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(new ByteArrayOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .run();
        } catch (Exception e) {
            throw new ServerUnavailableException("The data folder of Kafka, " + data + ", cannot be formatted.", e);
        }
    }

    private static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{ISO8601} %-5level %logger{0} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    private static final class Shared {
        private static final KafkaServer SERVER = find();

        private static KafkaServer find() {
            String given = System.getenv(ADDRESS);
            return given == null ? start() : new KafkaServer(given, null, new External(ADDRESS, given));
        }
    }
}
