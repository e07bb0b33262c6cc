package io.orderflow.localstack;

import io.orderflow.servers.MailServer;
import io.orderflow.servers.PostgresServer;
import io.orderflow.servers.RealServer;
import io.orderflow.servers.ServiceDatabase;
import io.orderflow.servers.proxy.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, a broker, a mailbox and the four services, running. Nothing of it outlives this JVM, however that ends;
 * {@link #close()} ends it in the order that loses nothing.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long BREATH_NANOS = 100_000_000;
    private static final String LOOPBACK = "localhost";

    private final Map<Service, List<ServiceProcess>> services = new EnumMap<>(Service.class);
    private final PostgresServer database;
    private final @Nullable TcpProxy databaseLine;
    private final @Nullable TcpProxy brokerLine;
    private final @Nullable TcpProxy mailLine;
    private final Broker.Running broker;
    private final MailServer mailbox;
    private final URI mails;
    private final Operator operator;

    /** Starts all of it and returns as soon as all say that they are UP. */
    public static LocalStack start(StackOptions options) {
        LocalStack stack = new LocalStack(options);
        stack.services().forEach(ServiceProcess::start);
        stack.services().forEach(LocalStack::awaitUp);
        return stack;
    }

    private LocalStack(StackOptions options) {
        PortPlan ports = options.ports();
        Path data = options.folder().resolve("data");
        if (!options.keepData()) {
            Folders.delete(data);
        }
        int smtpPort = ports.port("SMTP_PORT", 1025);
        int mailsPort = ports.port("MAIL_PORT", MailServer.HTTP_PORT);
        int databasePort = ports.port("POSTGRES_PORT", 5432);
        int brokerPort =
                ports.port(options.broker().name() + "_PORT", options.broker().usualPort());
        Map<Service, Path> jars = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            jars.put(service, ServiceProcess.jar(options.project(), service));
        }

        CompletableFuture<PostgresServer> startingDatabase = CompletableFuture.supplyAsync(
                () -> PostgresServer.start(Folders.created(data.resolve("postgres")), databasePort));
        brokerLine = options.breakable() ? TcpProxy.to(LOOPBACK, brokerPort) : null;
        broker = options.broker()
                .start(
                        Folders.created(data.resolve(options.broker().toString())),
                        brokerPort,
                        reachedAt(brokerLine, brokerPort));
        database = joined(startingDatabase);
        databaseLine = options.breakable() ? TcpProxy.to(LOOPBACK, databasePort) : null;
        mailbox = new MailServer(smtpPort, mailsPort);
        mailLine = options.breakable() ? TcpProxy.to(LOOPBACK, smtpPort) : null;
        mails = URI.create("http://localhost:" + mailsPort + "/api/v1/messages");

        operator = Operator.of(options.settings()).orElseGet(Operator::generated);

        Path logs = Folders.created(options.folder().resolve("logs"));
        jars.forEach((service, jar) -> {
            List<ServiceProcess> processes = new ArrayList<>();
            for (int instance = 1; instance <= options.instancesOf(service); instance++) {
                int port = service.port(ports, instance);
                int managementPort = service.managementPort(ports, instance);
                Map<String, String> settings = new LinkedHashMap<>();
                // who else is in the network has no business with it
                settings.put("SERVER_ADDRESS", LOOPBACK);
                settings.put("MANAGEMENT_SERVER_ADDRESS", LOOPBACK);
                settings.put("SERVER_PORT", Integer.toString(port));
                settings.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
                settings.put("MESSAGING_BROKER", options.broker().toString());
                settings.putAll(broker.settings());
                settings.putAll(databaseSettings(database.serviceDatabase(service.database()), databasePort));
                settings.put("SPRING_MAIL_HOST", "localhost");
                settings.put("SPRING_MAIL_PORT", Integer.toString(reachedAt(mailLine, smtpPort)));
                settings.putAll(operator.settings());
                settings.putAll(options.settings());
                processes.add(new ServiceProcess(service, instance, jar, logs, port, managementPort, settings));
            }
            services.put(service, List.copyOf(processes));
        });
    }

    private Map<String, String> databaseSettings(ServiceDatabase own, int databasePort) {
        return Map.of(
                "SPRING_DATASOURCE_URL",
                own.url().replace(":" + databasePort + "/", ":" + reachedAt(databaseLine, databasePort) + "/"),
                "SPRING_DATASOURCE_USERNAME",
                own.service().user(),
                "SPRING_DATASOURCE_PASSWORD",
                own.service().password(),
                "SPRING_FLYWAY_USER",
                own.owner().user(),
                "SPRING_FLYWAY_PASSWORD",
                own.owner().password());
    }

    private static int reachedAt(@Nullable TcpProxy line, int port) {
        return line == null ? port : line.port();
    }

    /** Tells the name of each part that ends without having been told to, and the end of its log. */
    void onUnexpectedEnd(BiConsumer<String, String> listener) {
        RealServer brokerServer = broker.server();
        brokerServer.onUnexpectedEnd(() -> listener.accept("The broker", brokerServer.lastWords()));
        database.onUnexpectedEnd(() -> listener.accept("The database", database.lastWords()));
        services().forEach(each -> each.onUnexpectedEnd(() -> listener.accept(each.name(), each.lastWords())));
    }

    /** The service's process; the first if it has several. */
    public ServiceProcess service(Service service) {
        return processes(service).get(0);
    }

    /** All processes of a service. */
    public List<ServiceProcess> processes(Service service) {
        return services.get(service);
    }

    /** All processes of all services. */
    public List<ServiceProcess> services() {
        return services.values().stream().flatMap(List::stream).toList();
    }

    /**
     * The network between the services and the database.
     *
     * @throws IllegalStateException if the stack was not started on a breakable network
     */
    public TcpProxy databaseLine() {
        return required(databaseLine);
    }

    /**
     * The network between the services and the broker.
     *
     * @throws IllegalStateException if the stack was not started on a breakable network
     */
    public TcpProxy brokerLine() {
        return required(brokerLine);
    }

    /**
     * The network between the services and the mail server.
     *
     * @throws IllegalStateException if the stack was not started on a breakable network
     */
    public TcpProxy mailLine() {
        return required(mailLine);
    }

    private static TcpProxy required(@Nullable TcpProxy line) {
        if (line == null) {
            throw new IllegalStateException("this stack was not started on a breakable network");
        }
        return line;
    }

    /** Where the broker itself listens on this machine, whatever the services are told. */
    public int brokerPort() {
        return broker.port();
    }

    /** The broker's address for a person's own client, with user and password. */
    String brokerAddress() {
        return broker.address();
    }

    /** The broker that it runs on. */
    public RealServer broker() {
        return broker.server();
    }

    public PostgresServer database() {
        return database;
    }

    /** Who may use the operators' part of the management ports. */
    public Operator operator() {
        return operator;
    }

    /** Where the mails that were sent are listed. */
    public URI mails() {
        return mails;
    }

    /** Waits until the service says that it is UP. */
    public static void awaitUp(ServiceProcess service) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!service.isUp()) {
            if (!service.isAlive()) {
                throw new StackException(service.name() + " ended while it started. It said:\n" + service.lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new StackException(service.name() + " is not UP after " + PATIENCE.toSeconds() + " s. It says:\n"
                        + service.lastWords());
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
    }

    /** Ends the services, then the broker, then the database. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> ending = services().stream()
                .map(service -> CompletableFuture.runAsync(service::stop))
                .toList();
        ending.forEach(CompletableFuture::join);
        Stream.of(brokerLine, databaseLine, mailLine).filter(Objects::nonNull).forEach(TcpProxy::close);
        mailbox.close();
        broker.server().stop();
        database.stop();
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
