package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody finds a file, a link or a command in the documents that does not exist. */
class DocumentationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./orderflow ([a-z-]+)");

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_to_a_file(Path document) {
        assertThat(matches(LINK, document))
                .allSatisfy(target -> assertThat(document.resolveSibling(target).normalize())
                        .as("linked from " + ROOT.relativize(document))
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_command_is_one_that_the_script_knows(Path document) throws IOException {
        String script = Files.readString(ROOT.resolve("orderflow"));
        assertThat(matches(COMMAND, document))
                .allSatisfy(command -> assertThat(script)
                        .as("./orderflow " + command + " in " + ROOT.relativize(document))
                        .containsPattern("(?m)^ *([a-z-]+ \\| )*" + command + "( \\| [a-z-]+)*\\)"));
    }

    @Test
    void there_are_documents() {
        assertThat(documents()).hasSizeGreaterThan(8);
    }

    static Stream<Path> documents() {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> all = Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return all.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> matches(Pattern pattern, Path document) {
        try {
            return pattern.matcher(Files.readString(document))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
