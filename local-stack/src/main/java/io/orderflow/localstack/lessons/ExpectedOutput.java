package io.orderflow.localstack.lessons;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a command prints. In the text, {@code ...} stands for anything within a line, and a line of its own for any lines. Ids,
 * times and the width of columns do not matter.
 */
public record ExpectedOutput(String text) {

    private static final String WILDCARD = "...";

    public boolean matches(String printed) {
        String pattern = normalized(text)
                .lines()
                .map(line -> line.strip().equals(WILDCARD) ? "(?:.*\n)*" : pattern(line) + "\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, normalized(printed));
    }

    private static String pattern(String line) {
        return Arrays.stream(line.split(Pattern.quote(WILDCARD), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }

    private static String normalized(String text) {
        String known = text.replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "<id>")
                .replaceAll("\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("\\b\\d+ ms\\b", "<duration>");
        return known.lines()
                .map(line -> line.replaceAll("\\s+", " ").stripTrailing() + "\n")
                .collect(Collectors.joining());
    }
}
