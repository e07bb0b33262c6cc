package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private static final List<String> MODULES = StackInTerminal.MODULES;

    @TempDir
    Path folder;

    private StackInTerminal stack;
    private Process up;

    @BeforeEach
    void start() throws IOException {
        stack = new StackInTerminal(folder, "redis");
        up = stack.process();
    }

    @AfterEach
    void end() {
        up.destroyForcibly();
    }

    @Test
    void down_leaves_neither_process_nor_port() throws Exception {
        List<ProcessHandle> processes = stack.awaitUp();

        assertThat(stack.output())
                .contains("postgresql://postgres:postgres@localhost:" + stack.port("POSTGRES") + "/")
                .contains("redis://localhost:" + stack.port("REDIS"))
                .contains("http://localhost:" + stack.port("CONSOLE"))
                .doesNotContain("\u001b");

        // nothing can be built in this folder; a running stack must be sufficient for the script
        Process down = stack.start("down.log", List.of("sh", "orderflow", "down", "--port-offset", "1000"));

        assertThat(down.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(stack.output("down.log")).contains("The stack has ended.");
        assertThat(stack.output()).contains("All ended.").doesNotContain("ERROR");
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
        List<ProcessHandle> processes = stack.awaitUp();

        processes.stream().filter(process -> runs(process, "redis")).forEach(ProcessHandle::destroyForcibly);
        await().atMost(END_TIMEOUT).until(() -> stack.output().contains("The broker has ended unexpectedly."));
        processes.stream().filter(UpAndDownTest::isJava).forEach(ProcessHandle::destroyForcibly);
        await().atMost(END_TIMEOUT)
                .untilAsserted(() -> assertThat(MODULES)
                        .allMatch(module -> stack.output().contains(module + " has ended unexpectedly.")));

        up.destroy();

        assertNothingIsLeft(processes);
    }

    private void assertNothingIsLeft(List<ProcessHandle> processes) {
        assertThat(processes).hasSizeGreaterThan(MODULES.size());
        await().atMost(END_TIMEOUT).untilAsserted(() -> {
            assertThat(up.isAlive()).isFalse();
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(stack.ports())
                    .allSatisfy((name, port) -> assertThat(Ports.isFree(Integer.parseInt(port)))
                            .as(name)
                            .isTrue());
        });
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
