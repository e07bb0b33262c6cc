package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.RedisServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code examples/minimal} as a user runs it: one jar, and one argument that chooses the broker. */
class MinimalExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/minimal");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "kafka", "rabbitmq", "redis"})
    void its_event_is_handled_on_each_broker(String broker) throws IOException {
        File output = folder.resolve("output").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                EXAMPLE.resolve("target/minimal-0.1.0-SNAPSHOT.jar").toString(),
                "--messaging.broker=" + broker));
        command.addAll(address(broker));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .failFast(() -> !process.isAlive())
                    .untilAsserted(() -> assertThat(output).content().contains("Hello, world!"));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void it_needs_no_database() throws IOException {
        try (JarFile jar =
                new JarFile(EXAMPLE.resolve("target/minimal-0.1.0-SNAPSHOT.jar").toFile())) {
            assertThat(jar.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith("BOOT-INF/lib/"))
                            .map(name -> name.substring("BOOT-INF/lib/".length())))
                    .anyMatch(name -> name.startsWith("messaging-common-"))
                    .noneMatch(name -> name.matches("(messaging-jdbc|spring-jdbc|HikariCP|flyway|postgresql)-.*"));
        }
    }

    @Test
    void it_is_one_class_and_one_configuration_of_less_than_60_lines() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src/main"))) {
            List<Path> sources = files.filter(Files::isRegularFile).toList();
            assertThat(sources)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("MinimalApplication.java", "application.yml");
            long lines = 0;
            for (Path source : sources) {
                lines += Files.readAllLines(source).size();
            }
            assertThat(lines).isLessThan(60);
        }
    }

    private static List<String> address(String broker) {
        return switch (broker) {
            case "kafka" ->
                List.of("--spring.kafka.bootstrap-servers=" + KafkaServer.find().bootstrapServers());
            case "rabbitmq" ->
                List.of("--spring.rabbitmq.addresses=" + RabbitServer.find().uri());
            case "redis" ->
                List.of("--spring.data.redis.port=" + RedisServer.find().port());
            default -> List.of();
        };
    }
}
