package io.orderflow.localstack;

import io.orderflow.servers.Folders;
import io.orderflow.servers.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Prometheus server that reads the metrics of a stack's services and evaluates the alerts, with data of this run only. */
public final class Prometheus implements AutoCloseable {

    /** The rules, from the folder of the project. */
    public static final Path ALERTS = Path.of("docker", "telemetry", "alerts.yml");

    private static final int DEFAULT_PORT = 9090;

    private final LocalProcess process;
    private final URI address;

    /** Whether the program is installed, in Debian as the package {@code prometheus}. */
    public static boolean isInstalled() {
        return program().isPresent();
    }

    /**
     * Starts it, and does not wait until it is ready.
     *
     * @param folder for its configuration, data and log
     * @param alerts the file of rules
     */
    public static Prometheus start(LocalStack stack, PortPlan ports, Path folder, Path alerts) {
        Prometheus prometheus = new Prometheus(stack, ports.port("PROMETHEUS_PORT", DEFAULT_PORT), folder, alerts);
        prometheus.process.start();
        return prometheus;
    }

    private Prometheus(LocalStack stack, int port, Path folder, Path alerts) {
        address = URI.create("http://localhost:" + port);
        Path own = Folders.created(folder.resolve("prometheus")).toAbsolutePath();
        Path configuration = own.resolve("prometheus.yml");
        try {
            Files.writeString(
                    configuration, configuration(stack, stack.operator().writePasswordTo(own), alerts));
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration of Prometheus cannot be written to " + own + ".", e);
        }
        process = new LocalProcess(
                "prometheus",
                Folders.created(folder.resolve("logs")),
                List.of(
                        program()
                                .orElseThrow(() -> new StackException("There is no program prometheus."))
                                .toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + own.resolve("data"),
                        "--storage.tsdb.retention.time=6h",
                        "--log.level=warn",
                        "--web.listen-address=127.0.0.1:" + port),
                Map.of(),
                "TERM");
    }

    private static String configuration(LocalStack stack, Path password, Path alerts) {
        String targets = stack.services().stream()
                .map(each -> "      - targets: ['localhost:" + each.management().getPort() + "']\n"
                        + "        labels: { service: " + each.name() + " }\n")
                .collect(Collectors.joining());
        return """
                global: { scrape_interval: 5s, evaluation_interval: 5s }
                rule_files: ['%s']
                scrape_configs:
                  - job_name: orderflow
                    metrics_path: /actuator/prometheus
                    basic_auth: { username: '%s', password_file: '%s' }
                    static_configs:
                """.formatted(alerts.toAbsolutePath(), stack.operator().user(), password) + targets;
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where its pages and its API are. */
    public URI address() {
        return address;
    }

    @Override
    public void close() {
        process.stop();
    }
}
