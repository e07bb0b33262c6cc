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

/** Measures threads, file descriptors and heap of processes from outside: with Linux's /proc and {@code jcmd}. */
final class LeakCheck {

    private static final Path PROC = Path.of("/proc");
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final int JCMD_SECONDS = 20;
    private static final Pattern USED = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");

    private final Map<Long, Reading> first = new LinkedHashMap<>();

    /** Takes a first reading of processes that have none yet and are UP. */
    void readNew(List<ServiceProcess> processes) throws InterruptedException {
        for (ServiceProcess process : processes) {
            long pid = process.pid().orElse(0);
            if (pid != 0 && !first.containsKey(pid) && process.isUp()) {
                try {
                    first.put(pid, reading(pid));
                } catch (IOException ended) {
                    // it has ended meanwhile
                }
            }
        }
    }

    /** Takes a second reading of processes that are still running. */
    List<Vitals> readAgain(List<ServiceProcess> processes) throws InterruptedException {
        List<Vitals> vitals = new ArrayList<>();
        for (ServiceProcess process : processes) {
            long pid = process.pid().orElse(0);
            Reading earlier = first.get(pid);
            if (earlier != null) {
                try {
                    vitals.add(new Vitals(process.name() + " (process " + pid + ")", earlier, reading(pid)));
                } catch (IOException ended) {
                    // it has ended; other invariants report that
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
        if (!Files.isExecutable(JCMD)) {
            return 0;
        }
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(JCMD.toString(), "-J-Xmx32m", Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        if (!tool.waitFor(JCMD_SECONDS, TimeUnit.SECONDS)) {
            tool.destroyForcibly().waitFor();
            return "";
        }
        return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
