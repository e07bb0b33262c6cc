package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.ServiceProcess;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes the vital signs of processes from outside: Linux's /proc, and the JDK's own tool for the heap. */
final class LeakCheck {

    private static final Path PROC = Path.of("/proc");
    private static final Path TOOL = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final int TOOL_SECONDS = 20;
    private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");

    private final Map<Long, Reading> early = new LinkedHashMap<>();

    /** Takes a first reading of those that are new, and neither dead nor frozen. */
    void meet(List<ServiceProcess> processes) throws InterruptedException {
        for (ServiceProcess process : processes) {
            long pid = process.pid().orElse(0);
            if (pid != 0 && !early.containsKey(pid) && process.isUp()) {
                try {
                    early.put(pid, reading(pid));
                } catch (IOException goneMeanwhile) {
                    // another one takes its place
                }
            }
        }
    }

    /** Reads again those that have lived since they were met. */
    List<Vitals> visit(List<ServiceProcess> processes) throws InterruptedException {
        List<Vitals> vitals = new ArrayList<>();
        for (ServiceProcess process : processes) {
            long pid = process.pid().orElse(0);
            Reading first = early.get(pid);
            if (first != null) {
                try {
                    vitals.add(new Vitals(process.name() + " (process " + pid + ")", first, reading(pid)));
                } catch (IOException gone) {
                    // it has ended by itself; what it did not do any more shows elsewhere
                }
            }
        }
        return vitals;
    }

    private static Reading reading(long pid) throws IOException, InterruptedException {
        Path process = PROC.resolve(Long.toString(pid));
        long heap = heap(pid);
        return new Reading(entries(process.resolve("task")), entries(process.resolve("fd")), heap);
    }

    private static long entries(Path folder) throws IOException {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return 0; // not Linux
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static long heap(long pid) throws IOException, InterruptedException {
        if (!Files.isExecutable(TOOL)) {
            return 0;
        }
        ask(pid, "GC.run");
        Matcher used = USED.matcher(ask(pid, "GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    private static String ask(long pid, String command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(TOOL.toString(), "-J-Xmx32m", Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        if (!tool.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
            tool.destroyForcibly().waitFor();
            return "";
        }
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
