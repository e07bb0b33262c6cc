package io.orderflow.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alert rules, by their own tests, and the documents about them. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("..", "docker", "telemetry");

    @Test
    void the_rules_pass_their_tests() throws IOException, InterruptedException {
        assumeThat(hasPromtool())
                .as("promtool is installed (Debian: apt-get install prometheus)")
                .isTrue();
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "alerts-test.yml")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), UTF_8);

        assertThat(promtool.waitFor()).as(output).isZero();
        assertThat(output).contains("SUCCESS");
    }

    @Test
    void every_alert_is_tested_and_described_for_operators() throws IOException {
        String tests = Files.readString(FOLDER.resolve("alerts-test.yml"));
        String operations = Files.readString(Path.of("..", "docs", "operations.md"));
        List<String> alerts = names();

        assertThat(alerts).hasSizeGreaterThan(9).doesNotHaveDuplicates();
        for (String alert : alerts) {
            assertThat(tests).contains("alertname: " + alert + "\n");
            assertThat(operations).contains("| `" + alert + "` |");
        }
    }

    private static List<String> names() throws IOException {
        return Files.readAllLines(FOLDER.resolve("alerts.yml")).stream()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.replaceFirst(".*- alert: ", ""))
                .toList();
    }

    private static boolean hasPromtool() {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
