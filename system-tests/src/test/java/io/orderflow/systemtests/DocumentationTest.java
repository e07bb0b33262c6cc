package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each link, command, test, property and metric that a document names exists. */
class DocumentationTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern ANCHOR = Pattern.compile("\\]\\(((?!https?:|mailto:)[^)#\\s]*#[^)\\s]+)\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:\\.\\w+)?`");
    private static final Pattern KEY = Pattern.compile("`(messaging[.][a-z.<>-]*[a-z>])(?:[=:][^`]*)?`");
    private static final Pattern DEFINED_KEY = Pattern.compile("(?m)^\\| `(messaging[.][a-z.<>-]+)` \\|");
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

    @ParameterizedTest
    @MethodSource("documents")
    void every_anchor_is_a_heading(Path document) {
        assertThat(matches(ANCHOR, document)).allSatisfy(link -> {
            int hash = link.indexOf('#');
            Path target = hash == 0
                    ? document
                    : document.resolveSibling(link.substring(0, hash)).normalize();
            assertThat(matches(Pattern.compile("(?m)^#+ (.*)$"), target).stream()
                            .map(DocumentationTest::anchor))
                    .as("headings of " + ROOT.relativize(target) + ", to which " + ROOT.relativize(document) + " links")
                    .contains(link.substring(hash + 1));
        });
    }

    @ParameterizedTest
    @MethodSource("presentDocuments")
    void every_test_that_is_named_exists(Path document) throws IOException {
        assertThat(files(".java")).containsAll(matches(TEST, document));
    }

    @ParameterizedTest
    @MethodSource("presentDocuments")
    void every_property_and_metric_that_is_named_exists(Path document) {
        List<String> known = matches(DEFINED_KEY, ROOT.resolve("docs/use-it.md"));
        assertThat(matches(KEY, document))
                .allSatisfy(key -> assertThat(known)
                        .as(ROOT.relativize(document).toString())
                        .anyMatch(each -> each.equals(key) || each.startsWith(key + ".")));
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

    /** Without the changelog and the decisions, which also name removed things. */
    static Stream<Path> presentDocuments() {
        return documents()
                .filter(document -> !document.endsWith("CHANGELOG.md")
                        && !document.getParent().endsWith("decisions"));
    }

    /** The anchor that GitHub derives from a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase().replaceAll("[^\\w\\s-]", "").replace(' ', '-');
    }

    /** The simple names of the files with this ending in the modules, without the ending. */
    private static Set<String> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> file.getFileName().toString().replace(ending, ""))
                    .collect(Collectors.toSet());
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
