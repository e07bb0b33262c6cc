package io.orderflow.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that a module's sources build, with their descriptions. */
final class MetricsTable {

    private static final Pattern METER = Pattern.compile(
            "(Counter|Timer|Gauge|MultiGauge)\\s*\\.builder\\(\\s*\"([a-z.]+)\"[^;]*?\\.description\\(\\s*\"([^\"]+)\"");

    private MetricsTable() {}

    static String of(Path module) throws IOException {
        SortedMap<String, String> rows = new TreeMap<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path source : sources) {
            METER.matcher(Files.readString(source)).results().forEach(meter -> rows.put(meter.group(2), row(meter)));
        }
        return "\n| metric | kind | what it counts |\n|---|---|---|\n" + String.join("", rows.values()) + "\n";
    }

    private static String row(MatchResult meter) {
        String kind = meter.group(1).replace("Multi", "").toLowerCase();
        return "| `" + meter.group(2) + "` | " + kind + " | " + meter.group(3) + " |\n";
    }
}
