package io.orderflow.systemtests.chaos.checking;

import java.util.List;
import java.util.stream.Collectors;

/** The results as a table. */
public final class Report {

    private static final int SHOWN = 20;

    private Report() {}

    public static String of(List<Verdict> verdicts) {
        int width = verdicts.stream()
                .mapToInt(verdict -> verdict.invariant().length())
                .max()
                .orElse(0);
        return verdicts.stream().map(verdict -> line(verdict, width)).collect(Collectors.joining("\n"));
    }

    private static String line(Verdict verdict, int width) {
        String line = ("%-" + width + "s  %s")
                .formatted(
                        verdict.invariant(),
                        verdict.held() ? "held" : "BROKEN (" + verdict.broken().size() + ")");
        StringBuilder lines = new StringBuilder(line);
        verdict.broken().stream()
                .limit(SHOWN)
                .forEach(each -> lines.append("\n    ").append(each));
        if (verdict.broken().size() > SHOWN) {
            lines.append("\n    and ").append(verdict.broken().size() - SHOWN).append(" more");
        }
        return lines.toString();
    }
}
