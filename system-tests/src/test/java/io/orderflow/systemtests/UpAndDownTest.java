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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./orderflow up} in a terminal: however it ends, no process and no port is left. */
@Tag("jars")
class UpAndDownTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> MODULES =
            List.of("order-service", "inventory-service", "shipping-service", "email-service", "analytics-service");

    @TempDir
    Path folder;

    private final Map<String, String> ports = new HashMap<>();
    private Process up;

    @BeforeEach
    void start() throws IOException {
        link("orderflow");
        link("local-stack");
        for (String module : MODULES) {
            link(module);
            String name = module.replace("-service", "").toUpperCase();
            ports.put(name + "_PORT", Integer.toString(Ports.free()));
            ports.put(name + "_MANAGEMENT_PORT", Integer.toString(Ports.free()));
        }
        link("operator-console");
        for (String name : List.of("CONSOLE", "CONSOLE_MANAGEMENT", "REDIS", "POSTGRES", "SMTP", "MAIL")) {
            ports.put(name + "_PORT", Integer.toString(Ports.free()));
        }
        up = start(
                "up.log",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Up.class.getName(),
                        "--broker",
                        "redis"));
    }

    @AfterEach
    void end() {
        up.destroyForcibly();
    }

    @Test
    void down_leaves_neither_process_nor_port() throws Exception {
        List<ProcessHandle> processes = awaitUp();

        assertThat(output("up.log"))
                .contains("postgresql://postgres:postgres@localhost:" + ports.get("POSTGRES_PORT") + "/")
                .contains("redis://localhost:" + ports.get("REDIS_PORT"))
                .contains("http://localhost:" + ports.get("CONSOLE_PORT"))
                .doesNotContain("\u001b");

        // nothing can be built in this folder; a running stack must be sufficient for the script
        Process down = start("down.log", List.of("sh", "orderflow", "down", "--port-offset", "1000"));

        assertThat(down.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(output("down.log")).contains("The stack has ended.");
        assertThat(output("up.log")).contains("All ended.").doesNotContain("ERROR");
        assertNothingIsLeft(processes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_stack_that_ends_during_its_start_leaves_neither_process_nor_port(boolean killed) throws Exception {
        // PostgreSQL, Redis and the services have begun, and none of these can be up
        await().atMost(TIMEOUT)
                .until(() -> up.descendants().filter(UpAndDownTest::isJava).count() == MODULES.size());
        List<ProcessHandle> processes = up.descendants().toList();

        if (killed) {
            up.destroyForcibly();
        } else {
            up.destroy(); // SIGTERM, because background processes of a shell ignore the SIGINT of Ctrl-C
        }

        assertThat(up.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft(processes);
    }

    @Test
    void a_killed_process_is_reported_and_the_rest_can_be_ended() {
        List<ProcessHandle> processes = awaitUp();

        processes.stream().filter(process -> runs(process, "redis")).forEach(ProcessHandle::destroyForcibly);
        await().atMost(END_TIMEOUT).until(() -> output("up.log").contains("The broker has ended unexpectedly."));
        processes.stream().filter(UpAndDownTest::isJava).forEach(ProcessHandle::destroyForcibly);
        await().atMost(END_TIMEOUT)
                .untilAsserted(() -> assertThat(MODULES)
                        .allMatch(module -> output("up.log").contains(module + " has ended unexpectedly.")));

        up.destroy();

        assertNothingIsLeft(processes);
    }

    private List<ProcessHandle> awaitUp() {
        await().atMost(TIMEOUT).until(() -> !up.isAlive() || output("up.log").contains("All UP on redis"));
        assertThat(up.isAlive()).as(output("up.log")).isTrue();
        return up.descendants().toList();
    }

    private void assertNothingIsLeft(List<ProcessHandle> processes) {
        assertThat(processes).hasSizeGreaterThan(MODULES.size());
        await().atMost(END_TIMEOUT).untilAsserted(() -> {
            assertThat(up.isAlive()).isFalse();
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(ports)
                    .allSatisfy((name, port) -> assertThat(Ports.isFree(Integer.parseInt(port)))
                            .as(name)
                            .isTrue());
        });
    }

    private void link(String name) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..", name).toRealPath());
    }

    private Process start(String log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().putAll(ports);
        return builder.start();
    }

    private String output(String log) {
        try {
            return Files.readString(folder.resolve(log));
        } catch (IOException e) {
            return "nothing (" + e.getMessage() + ")";
        }
    }

    private static boolean isJava(ProcessHandle process) {
        return runs(process, "java");
    }

    private static boolean runs(ProcessHandle process, String program) {
        // the file that a link leads to: redis-server is a name of redis-check-rdb
        Path file = Path.of(process.info().command().orElse(""));
        return String.valueOf(file.getFileName()).startsWith(program);
    }
}
