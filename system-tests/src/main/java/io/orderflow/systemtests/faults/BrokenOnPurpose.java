package io.orderflow.systemtests.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Breaks the system in each way there is, runs the tests that should notice, and writes who did as a table between two
 * markers of a document. Run from the root of the project:
 *
 * <pre>{@code java io.orderflow.systemtests.faults.BrokenOnPurpose docs/guarantees.md "./orderflow mvn" [name ...]}</pre>
 *
 * <p>Ends with 1 if something broken was not noticed. With names it tries these alone and writes nothing.
 */
public final class BrokenOnPurpose {

    private BrokenOnPurpose() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            System.err.println("Usage: BrokenOnPurpose <document> <Maven> [name ...]");
            System.exit(2);
        }
        List<String> chosen = Arrays.asList(args).subList(2, args.length);
        List<Breakage> breakages = chosen.isEmpty()
                ? Breakages.all()
                : chosen.stream().map(Breakages::named).toList();
        List<BrokenTable.Row> rows = new ArrayList<>();
        for (Breakage breakage : breakages) {
            SurefireReports noticed = run(breakage, args[1]);
            System.out.println(breakage.name() + ": "
                    + (noticed.failed().isEmpty() ? "NOT NOTICED" : "noticed by " + noticed.failed())
                    + (noticed.broken().isEmpty() ? "" : ", and broken off: " + noticed.broken()));
            rows.add(new BrokenTable.Row(breakage, noticed.failed()));
        }
        if (rows.stream().anyMatch(row -> row.noticedBy().isEmpty())) {
            System.exit(1);
        }
        if (chosen.isEmpty()) {
            Path document = Path.of(args[0]);
            Files.writeString(document, BrokenTable.insert(Files.readString(document), rows));
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
            throw new IllegalStateException("Maven ended with " + exit + " for " + breakage.name() + "; see " + log);
        }
        return SurefireReports.read(reports);
    }
}
