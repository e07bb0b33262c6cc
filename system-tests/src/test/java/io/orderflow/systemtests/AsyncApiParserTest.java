package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference parser, installed from npm in the versions of the lock file, accepts the committed documents. */
class AsyncApiParserTest {

    private static final Path TOOL = Path.of("target/asyncapi").toAbsolutePath();
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "validate.js");

    @Test
    void everyDocumentIsValid() throws Exception {
        List<String> documents = documents();
        assertThat(documents).hasSize(5);
        install();
        List<String> command = new ArrayList<>(List.of("node", "validate.js"));
        command.addAll(documents);
        assertThat(run(command)).contains("order-service/asyncapi.json: ").doesNotContain(": 0 operations");
    }

    private static List<String> documents() throws IOException {
        try (Stream<Path> services = Files.list(Path.of("../docs/api"))) {
            return services.map(service -> service.resolve("asyncapi.json"))
                    .filter(Files::exists)
                    .map(file -> file.toAbsolutePath().normalize().toString())
                    .sorted()
                    .toList();
        }
    }

    private static void install() throws Exception {
        Files.createDirectories(TOOL);
        for (String file : FILES) {
            try (InputStream content = AsyncApiParserTest.class.getResourceAsStream("/asyncapi/" + file)) {
                Files.write(TOOL.resolve(file), content.readAllBytes());
            }
        }
        if (!Files.exists(TOOL.resolve("node_modules/@asyncapi/parser"))) {
            run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
        }
    }

    /** The output of a command, which has to succeed. */
    private static String run(List<String> command) throws Exception {
        Path output = TOOL.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(TOOL.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).as(command.get(0)).isTrue();
        } finally {
            process.destroy();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
