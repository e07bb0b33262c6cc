package io.orderflow.localstack;

import io.orderflow.servers.Folders;
import io.orderflow.servers.MailServer;
import io.orderflow.servers.PostgresServer;
import io.orderflow.servers.RealServer;
import io.orderflow.servers.ServiceDatabase;
import io.orderflow.servers.proxy.TcpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL, a broker, a mail server and the services, running. None of them outlives this JVM, however it ends;
 * {@link #close()} shuts them down in an order that loses nothing.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final long POLL_NANOS = 100_000_000;
    private static final String LOOPBACK = "localhost";

    private final StackOptions options;
    private final Map<Service, List<ServiceProcess>> services = new EnumMap<>(Service.class);
    private final Map<Link, TcpProxy> proxies = new EnumMap<>(Link.class);
    private final PostgresServer database;
    private final StackBrokers brokers;
    private final MailServer mailServer;
    private final Operator operator;
    private @Nullable ServiceProcess console;

    /** Starts everything and returns when the health of all services is UP. */
    public static LocalStack start(StackOptions options) {
        LocalStack stack = new LocalStack(options);
        stack.services().forEach(ServiceProcess::start);
        stack.services().forEach(LocalStack::awaitUp);
        return stack;
    }

    private LocalStack(StackOptions options) {
        this.options = options;
        PortPlan ports = options.ports();
        Path data = options.folder().resolve("data");
        if (!options.keepData()) {
            delete(data);
        }
        int smtpPort = ports.port("SMTP_PORT", 1025);
        int mailsPort = ports.port("MAIL_PORT", MailServer.HTTP_PORT);
        int databasePort = ports.port("POSTGRES_PORT", 5432);
        Map<Service, Path> jars = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            jars.put(service, ServiceProcess.jar(options.project(), service.module()));
        }

        CompletableFuture<PostgresServer> startingDatabase = CompletableFuture.supplyAsync(
                () -> PostgresServer.start(Folders.created(data.resolve("postgres")), databasePort));
        brokers = StackBrokers.start(options, data, port -> clientPort(Link.BROKER, port));
        database = joined(startingDatabase);
        mailServer = new MailServer(smtpPort, mailsPort);
        operator = Operator.of(options.settings()).orElseGet(Operator::generated);

        Map<String, String> common = new LinkedHashMap<>(brokers.settings());
        common.put("SERVER_ADDRESS", LOOPBACK);
        common.put("MANAGEMENT_SERVER_ADDRESS", LOOPBACK);
        common.put("SPRING_MAIL_HOST", LOOPBACK);
        common.put("SPRING_MAIL_PORT", Integer.toString(clientPort(Link.MAIL, smtpPort)));
        common.put(
                "SPRING_KAFKA_STREAMS_STATE_DIR",
                data.resolve("streams").toAbsolutePath().toString());
        common.putAll(operator.settings());
        common.put("MESSAGING_PAYLOADS_TOKEN", Operator.generated().password());
        int clientPort = clientPort(Link.DATABASE, databasePort);
        Path logs = Folders.created(options.folder().resolve("logs"));
        jars.forEach((service, jar) -> {
            Map<String, String> settings = new LinkedHashMap<>(common);
            settings.putAll(databaseSettings(database.serviceDatabase(service.database()), databasePort, clientPort));
            settings.putAll(options.settings());
            List<ServiceProcess> processes = new ArrayList<>();
            for (int instance = 1; instance <= options.instancesOf(service); instance++) {
                processes.add(ServiceProcess.of(service, instance, ports, jar, logs, settings));
            }
            services.put(service, List.copyOf(processes));
            common.put(service.name() + "_URL", service(service).address().toString()); // for the services after it
        });
    }

    /** Starts the operator's console and returns when it serves its pages. */
    public ServiceProcess startConsole() {
        Map<String, String> settings = new LinkedHashMap<>(operator.settings());
        settings.put("SERVER_ADDRESS", LOOPBACK);
        settings.put("MANAGEMENT_SERVER_ADDRESS", LOOPBACK);
        for (Service service : Service.values()) {
            settings.put(service.name() + "_URL", service(service).address().toString());
            settings.put(
                    service.name() + "_MANAGEMENT_URL",
                    service(service).management().toString());
        }
        ServiceProcess started = ServiceProcess.console(
                options.ports(), options.project(), options.folder().resolve("logs"), settings);
        console = started;
        started.start();
        awaitUp(started);
        return started;
    }

    /** The port that services connect to: the server's own, or that of a new proxy. */
    private int clientPort(Link link, int port) {
        if (!options.breakable()) {
            return port;
        }
        TcpProxy proxy = TcpProxy.to(LOOPBACK, port);
        proxies.put(link, proxy);
        return proxy.port();
    }

    private static Map<String, String> databaseSettings(ServiceDatabase own, int port, int clientPort) {
        return Map.of(
                "SPRING_DATASOURCE_URL", own.url().replace(":" + port + "/", ":" + clientPort + "/"),
                "SPRING_DATASOURCE_USERNAME", own.service().user(),
                "SPRING_DATASOURCE_PASSWORD", own.service().password(),
                "SPRING_FLYWAY_USER", own.owner().user(),
                "SPRING_FLYWAY_PASSWORD", own.owner().password());
    }

    /** Calls the listener with the name and the end of the log of each part that ends without a call of {@link #close()}. */
    void onUnexpectedEnd(BiConsumer<String, String> listener) {
        brokers.servers().forEach(each -> each.onUnexpectedEnd(() -> listener.accept("The broker", each.logTail())));
        database.onUnexpectedEnd(() -> listener.accept("The database", database.logTail()));
        services().forEach(each -> each.onUnexpectedEnd(() -> listener.accept(each.name(), each.logTail())));
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
     * The proxy between the services and a server.
     *
     * @throws IllegalStateException if the stack was started without proxies
     */
    public TcpProxy proxy(Link link) {
        TcpProxy proxy = proxies.get(link);
        if (proxy == null) {
            throw new IllegalStateException("this stack was started without proxies");
        }
        return proxy;
    }

    /** The port on which the broker itself listens. */
    public int brokerPort() {
        return brokers.main().port();
    }

    /** The addresses of the brokers for other clients, with user and password. */
    Map<Broker, String> brokerAddresses() {
        Map<Broker, String> addresses = new LinkedHashMap<>();
        brokers.running().forEach((kind, running) -> addresses.put(kind, running.address()));
        return addresses;
    }

    /** The server of the events; also that of the work queues, unless these are on another broker. */
    public RealServer broker() {
        return brokers.main().server();
    }

    public PostgresServer database() {
        return database;
    }

    MailServer mailServer() {
        return mailServer;
    }

    public Operator operator() {
        return operator;
    }

    /** A client of the service's API. */
    public ServiceClient api(Service service) {
        return new ServiceClient(service.module(), service(service).address(), null);
    }

    /** A client of the service's management port, with the operator's credentials. */
    public ServiceClient management(Service service) {
        return new ServiceClient(service.module(), service(service).management(), operator);
    }

    /** The address that lists the received mails. */
    public URI mails() {
        return mailServer.messages();
    }

    /** Waits until the health of the service is UP. */
    public static void awaitUp(ServiceProcess service) {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!service.isUp()) {
            if (!service.isAlive()) {
                throw new StackException(service.name() + " ended while it started. Its log:\n" + service.logTail());
            }
            if (System.nanoTime() > deadline) {
                throw new StackException(service.name() + " is not UP after " + START_TIMEOUT.toSeconds()
                        + " s. Its log:\n" + service.logTail());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Ends the services, then the brokers, then the database. */
    @Override
    public void close() {
        List<CompletableFuture<Void>> ending = services().stream()
                .map(service -> CompletableFuture.runAsync(service::stop))
                .toList();
        ending.forEach(CompletableFuture::join);
        if (console != null) {
            console.stop();
        }
        proxies.values().forEach(TcpProxy::close);
        mailServer.close();
        brokers.servers().forEach(RealServer::stop);
        database.stop();
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The data of an earlier run in " + folder + " cannot be deleted.", e);
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
