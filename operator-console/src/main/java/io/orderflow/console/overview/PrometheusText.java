package io.orderflow.console.overview;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Metrics in Prometheus' text format. Values that are not numbers count as 0. */
record PrometheusText(String text) {

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One value of a metric. */
    record Line(Map<String, String> labels, double value) {

        /** The value of a label; empty if it is missing. */
        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    Stream<Line> lines(String metric) {
        return text.lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .map(PrometheusText::line);
    }

    double sum(String metric) {
        return lines(metric).mapToDouble(Line::value).sum();
    }

    /** The highest value; 0 if there is none. */
    double max(String metric) {
        return lines(metric).mapToDouble(Line::value).max().orElse(0);
    }

    private static Line line(String line) {
        Map<String, String> labels = LABEL.matcher(line)
                .results()
                .collect(Collectors.toMap(label -> label.group(1), label -> unescaped(label.group(2)), (a, b) -> b));
        double value = number(line.substring(line.lastIndexOf(' ') + 1));
        return new Line(labels, Double.isFinite(value) ? value : 0);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String unescaped(String value) {
        return Pattern.compile("\\\\(.)").matcher(value).replaceAll(match -> switch (match.group(1)) {
            case "n" -> "\n";
            default -> Matcher.quoteReplacement(match.group(1));
        });
    }
}
