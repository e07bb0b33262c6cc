package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents repeat of the code is what the code says. {@code ./orderflow docs} writes it anew. */
class GeneratedDocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("(?s)(<!-- generated: (\\S+?)(?: (\\S+?))? -->\\n)(.*?)(<!-- end -->)");

    private static final Map<String, GeneratedBlock> BLOCKS = Map.of(
            "file", GeneratedDocumentationTest::file,
            "configuration", module -> ConfigurationTable.of(ROOT.resolve(module)),
            "metrics", module -> MetricsTable.of(ROOT.resolve(module)),
            "subscriptions", none -> SubscriptionLists.ofAllServices(),
            "tour", none -> Tour.of(ROOT));

    /** The lines between the markers, from what the marker names. */
    private interface GeneratedBlock {

        String of(String argument) throws IOException;
    }

    static Stream<Path> documents() {
        return DocumentationTest.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_generated_block_is_up_to_date(Path document) throws IOException {
        String written = Files.readString(document);
        String generated = generate(written);
        if (Boolean.getBoolean("orderflow.write-docs")) {
            Files.writeString(document, generated);
        } else {
            assertThat(written)
                    .as("%s, written anew by ./orderflow docs", document)
                    .isEqualTo(generated);
        }
    }

    @Test
    void the_blocks_are_found() throws IOException {
        assertThat(BLOCK.matcher(Files.readString(ROOT.resolve("docs/use-it.md")))
                        .results()
                        .map(block -> block.group(2)))
                .contains("file", "configuration", "metrics");
    }

    private static String generate(String text) throws IOException {
        Matcher blocks = BLOCK.matcher(text);
        StringBuilder result = new StringBuilder();
        while (blocks.find()) {
            GeneratedBlock block = BLOCKS.get(blocks.group(2));
            assertThat(block).as("a block named %s", blocks.group(2)).isNotNull();
            String content = blocks.group(1) + block.of(blocks.group(3)) + blocks.group(5);
            blocks.appendReplacement(result, Matcher.quoteReplacement(content));
        }
        return blocks.appendTail(result).toString();
    }

    private static String file(String path) throws IOException {
        String language = path.substring(path.lastIndexOf('.') + 1);
        return "\n```" + language + "\n" + Files.readString(ROOT.resolve(path)) + "```\n\n";
    }
}
