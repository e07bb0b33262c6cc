package io.orderflow.localstack;

import io.orderflow.servers.Folders;
import io.orderflow.servers.LocalProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Zipkin server that keeps the traces of a stack in memory, for {@code ./orderflow up --telemetry}. */
public final class Telemetry implements AutoCloseable {

    private static final Path JAR = Path.of("local-stack", "target", "zipkin", "zipkin-server.jar");
    private static final int DEFAULT_PORT = 9411;

    private final LocalProcess zipkin;
    private final URI address;

    /** Starts it, and does not wait until it is ready: services send their first spans later. */
    static Telemetry start(PortPlan ports, Path folder) {
        if (!Files.exists(JAR)) {
            throw new StackException("There is no Zipkin server at " + JAR
                    + "; ./orderflow up --telemetry downloads it from Maven Central.");
        }
        Telemetry telemetry = new Telemetry(ports.port("ZIPKIN_PORT", DEFAULT_PORT), folder);
        telemetry.zipkin.start();
        return telemetry;
    }

    private Telemetry(int port, Path folder) {
        address = URI.create("http://localhost:" + port);
        zipkin = new LocalProcess(
                "zipkin",
                Folders.created(folder.resolve("logs")),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=" + port,
                        "--armeria.ports[0].protocol=http"),
                Map.of(),
                "TERM");
    }

    /** Where its pages are. */
    URI address() {
        return address;
    }

    /** With these environment variables, a service sends all spans to a Zipkin server. */
    public static Map<String, String> settings(URI zipkin) {
        return Map.of(
                "MANAGEMENT_TRACING_EXPORT_ENABLED", "true",
                "MANAGEMENT_TRACING_EXPORT_ZIPKIN_ENABLED", "true",
                "MANAGEMENT_TRACING_EXPORT_ZIPKIN_ENDPOINT",
                        zipkin.resolve("/api/v2/spans").toString(),
                "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "1.0",
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULEDELAY", "500ms");
    }

    @Override
    public void close() {
        zipkin.stop();
    }
}
