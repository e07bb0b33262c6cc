package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.localstack.Up;
import io.orderflow.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./orderflow up} as a process, in a folder of its own with links to the jars of this build, on free ports. */
final class StackInTerminal {

    static final List<String> MODULES =
            List.of("order-service", "inventory-service", "shipping-service", "email-service", "analytics-service");

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String LOG = "up.log";
    private static final List<String> OTHER_PARTS =
            List.of("CONSOLE", "CONSOLE_MANAGEMENT", "REDIS", "RABBITMQ", "POSTGRES", "SMTP", "MAIL");

    private final Path folder;
    private final String broker;
    private final Map<String, String> ports = new HashMap<>();
    private final Process up;

    StackInTerminal(Path folder, String broker) throws IOException {
        this.folder = folder;
        this.broker = broker;
        for (String name : List.of("orderflow", "local-stack", "operator-console", "docs")) {
            link(name);
        }
        for (String module : MODULES) {
            link(module);
            String name = module.replace("-service", "").toUpperCase();
            ports.put(name + "_PORT", Integer.toString(Ports.free()));
            ports.put(name + "_MANAGEMENT_PORT", Integer.toString(Ports.free()));
        }
        for (String name : OTHER_PARTS) {
            ports.put(name + "_PORT", Integer.toString(Ports.free()));
        }
        // the jars are built: the script need not do it
        Files.createFile(Files.createDirectory(folder.resolve(".orderflow")).resolve("built"));
        up = start(
                LOG,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Up.class.getName(),
                        "--broker",
                        broker));
    }

    /** The environment variables with the port of each part. */
    Map<String, String> ports() {
        return ports;
    }

    String port(String part) {
        return ports.get(part + "_PORT");
    }

    /** The process of {@code ./orderflow up}. */
    Process process() {
        return up;
    }

    /** Waits until all services are UP and returns the processes of the stack. */
    List<ProcessHandle> awaitUp() {
        await().atMost(TIMEOUT).until(() -> !up.isAlive() || output().contains("All UP on " + broker));
        assertThat(up.isAlive()).as(output()).isTrue();
        return up.descendants().toList();
    }

    /** Starts another command in the folder of the stack. */
    Process start(String log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().putAll(ports);
        return builder.start();
    }

    /** What the stack has printed. */
    String output() {
        return output(LOG);
    }

    String output(String log) {
        try {
            return Files.readString(folder.resolve(log));
        } catch (IOException e) {
            return "nothing (" + e.getMessage() + ")";
        }
    }

    private void link(String name) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..", name).toRealPath());
    }
}
