package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One method of a source file, with its annotations and Javadoc, as a document shows it. */
final class SourceMethod {

    private SourceMethod() {}

    /** @param reference {@code path/Name.java#method}; of several methods with that name, the first */
    static String of(Path root, String reference) throws IOException {
        String[] parts = reference.split("#");
        List<String> lines = Files.readAllLines(root.resolve(parts[0]));
        String declaration = "^    \\S.*\\b" + parts[1] + "\\(.*";
        int declared = IntStream.range(0, lines.size())
                .filter(each -> lines.get(each).matches(declaration))
                .findFirst()
                .orElse(-1);
        assertThat(declared).as("a method %s", reference).isNotNegative();
        int first = declared;
        while (!lines.get(first - 1).isBlank() && !lines.get(first - 1).endsWith("{")) {
            first--;
        }
        int last = declared;
        while (!lines.get(last).equals("    }")
                        && !lines.get(last).endsWith("}")
                        && !lines.get(last).endsWith(";")
                || lines.get(last).startsWith("     ")) {
            last++;
        }
        String code = lines.subList(first, last + 1).stream()
                .map(each -> each.startsWith("    ") ? each.substring(4) : each)
                .collect(Collectors.joining("\n"));
        return "\n```java\n" + code + "\n```\n\n";
    }
}
