package io.orderflow.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.memory.MemoryBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The agent in a process of its own. */
class FaultAgentTest {

    @Test
    void it_halts_at_the_given_pass() throws Exception {
        Process process = start("halt:consumer.after-poll@3");

        assertThat(lines(process)).containsExactly("polled 1", "polled 2");
        assertThat(process.waitFor()).isEqualTo(Action.HALTED);
    }

    @Test
    void it_throws_at_the_given_pass_and_continues() throws Exception {
        Process process = start("throw:consumer.before-acknowledge@2,throw:consumer.after-acknowledge@3");

        assertThat(lines(process))
                .containsExactly(
                        "polled 1",
                        "polled 2",
                        "Thrown on purpose at consumer.before-acknowledge@2.",
                        "polled 3",
                        "polled 4",
                        "Thrown on purpose at consumer.after-acknowledge@3.",
                        "polled 5");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void it_suspends_the_process_until_a_sigcont() throws Exception {
        Process process = start("freeze:consumer.after-poll@2");
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("polled 1");
        await().untilAsserted(() -> assertThat(stateOf(process)).startsWith("T"));

        new ProcessBuilder("kill", "-CONT", Long.toString(process.pid()))
                .start()
                .waitFor();

        assertThat(output.readLine()).isEqualTo("polled 2");
        assertThat(process.waitFor()).isZero();
    }

    private static String stateOf(Process process) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(process.pid())).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    private static Process start(String faults) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        AgentJar.argument(faults),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FivePolls.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream()))
                .lines()
                .toList();
    }

    /** Polls five messages one by one, and an empty poll between them. */
    static final class FivePolls {
        public static void main(String[] args) {
            try (MemoryBroker broker = new MemoryBroker();
                    var producer = broker.producer();
                    var consumer =
                            broker.consumer("g", ConsumerOptions.defaults().withMaxPollMessages(1))) {
                broker.declare(Topic.named("t"), "g");
                consumer.subscribe(List.of(Topic.named("t")));
                for (int i = 1; i <= 5; i++) {
                    consumer.poll(Duration.ZERO);
                    producer.send(Topic.named("t"), new Message<>("k", new byte[0], Map.of(), Instant.EPOCH));
                    consumer.poll(Duration.ofSeconds(1));
                    System.out.println("polled " + i);
                    try {
                        consumer.commit();
                    } catch (InjectedException fault) {
                        System.out.println(fault.getMessage());
                    }
                }
            }
        }
    }
}
