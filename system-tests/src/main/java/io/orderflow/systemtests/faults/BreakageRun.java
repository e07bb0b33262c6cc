package io.orderflow.systemtests.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the tests of each breakage, and writes the tests that detected it as a table between two markers of a document. To be
 * run in the root of the project:
 *
 * <pre>{@code java io.orderflow.systemtests.faults.BreakageRun docs/guarantees.md "./orderflow mvn" [name ...]}</pre>
 *
 * <p>Ends with 1 if a breakage was not detected. With names it runs only these and does not write the table.
 */
public final class BreakageRun {

    private BreakageRun() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            System.err.println("Usage: BreakageRun <document> <Maven> [name ...]");
            System.exit(2);
        }
        List<String> chosen = Arrays.asList(args).subList(2, args.length);
        List<Breakage> breakages = chosen.isEmpty()
                ? Breakages.all()
                : chosen.stream().map(BreakageRun::named).toList();
        List<BreakageTable.Row> rows = new ArrayList<>();
        for (Breakage breakage : breakages) {
            SurefireReports noticed = run(breakage, args[1]);
            System.out.println(breakage.name() + ": "
                    + (noticed.failed().isEmpty() ? "NOT DETECTED" : "detected by " + noticed.failed())
                    + (noticed.broken().isEmpty() ? "" : "; ended with an error: " + noticed.broken()));
            rows.add(new BreakageTable.Row(breakage, noticed.failed()));
        }
        if (rows.stream().anyMatch(row -> row.detectedBy().isEmpty())) {
            System.exit(1);
        }
        if (chosen.isEmpty()) {
            Path document = Path.of(args[0]);
            Files.writeString(document, BreakageTable.insert(Files.readString(document), rows));
        }
    }

    private static Breakage named(String name) {
        try {
            return Breakages.named(name);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            throw e;
        }
    }

    private static SurefireReports run(Breakage breakage, String maven) throws IOException, InterruptedException {
        Path reports = Path.of(breakage.module(), "target", "surefire-reports");
        SurefireReports.clear(reports);
        List<String> command = new ArrayList<>(List.of(maven.split(" ")));
        command.addAll(List.of(
                "-q",
                "-B",
                "-pl",
                breakage.module(),
                "-am",
                "test",
                "-Dtest=" + breakage.tests(),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dspotless.check.skip=true",
                "-Dmaven.test.failure.ignore=true",
                "-Dorderflow.agent=" + AgentJar.argument("broken:" + breakage.name())));
        File log = Files.createDirectories(Path.of(".orderflow", "broken"))
                .resolve(breakage.name() + ".log")
                .toFile();
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(
                    "Maven ended with " + exit + " for " + breakage.name() + ". See " + log + ".");
        }
        return SurefireReports.read(reports);
    }
}
