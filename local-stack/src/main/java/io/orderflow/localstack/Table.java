package io.orderflow.localstack;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Lines in columns, for a terminal. Cells may contain foreign input: control characters that move the cursor or change
 * the direction of the text are replaced.
 */
final class Table {

    private static final int MAX_WIDTH = 100;

    private final List<List<String>> lines = new ArrayList<>();

    Table(String... titles) {
        lines.add(List.of(titles));
    }

    Table line(Object... cells) {
        List<String> line = new ArrayList<>();
        for (Object cell : cells) {
            String text = printable(String.valueOf(cell)).replaceAll("\\s+", " ");
            line.add(text.length() <= MAX_WIDTH ? text : text.substring(0, MAX_WIDTH - 1) + "…");
        }
        lines.add(line);
        return this;
    }

    boolean isEmpty() {
        return lines.size() == 1;
    }

    /** Keeps line ends and tabs, and no other control character. */
    static String printable(String text) {
        return text.replaceAll(
                "[\\p{Cntrl}&&[^\\n\\t]]|[\\u0080-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", "?");
    }

    /** An instant without fractions of a second. */
    static String time(JsonNode instant) {
        return instant.asString().replaceFirst("\\.\\d+Z$", "Z");
    }

    @Override
    public String toString() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder all = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                text.append(("%-" + (widths[i] + 2) + "s").formatted(line.get(i)));
            }
            all.append(text.toString().stripTrailing()).append('\n');
        }
        return all.toString();
    }
}
