package io.orderflow.localstack.lessons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown file with blocks of {@code console}: a command after {@code $}, and what it prints.
 *
 * @param parts in the order of the file
 */
public record Lesson(int number, String title, List<Part> parts) {

    /** A text, and the step that follows it; the last text has none. */
    public record Part(String text, @Nullable Step step) {}

    private static final Pattern FILE = Pattern.compile("(\\d\\d)-[a-z0-9-]+\\.md");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```console( repeat)?\\n\\$ (.*?(?<!\\\\))\\n(.*?)^```\\n");

    /** The lessons in the folder of a project, by number. */
    public static List<Lesson> in(Path project) {
        try (Stream<Path> files = Files.list(project.resolve("docs/lessons"))) {
            return files.filter(
                            file -> FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .map(Lesson::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The lessons cannot be read.", e);
        }
    }

    /** Its commands. */
    public List<Step> steps() {
        return parts.stream().map(Part::step).filter(step -> step != null).toList();
    }

    private static Lesson read(Path file) {
        try {
            int number = Integer.parseInt(file.getFileName().toString().substring(0, 2));
            return parse(number, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Lesson parse(int number, String markdown) {
        String title = markdown.lines().findFirst().orElse("").replaceFirst("^# ", "");
        List<Part> parts = new ArrayList<>();
        Matcher block = BLOCK.matcher(markdown);
        int end = 0;
        while (block.find()) {
            Step step = new Step(block.group(2), new ExpectedOutput(block.group(3)), block.group(1) != null);
            parts.add(new Part(markdown.substring(end, block.start()).strip(), step));
            end = block.end();
        }
        parts.add(new Part(markdown.substring(end).strip(), null));
        return new Lesson(number, title, parts);
    }
}
