package io.orderflow.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Follows the services' logs: writes every line, prefixed with its service, to one file, and warnings to the terminal too. */
final class LogFollower implements Runnable {

    private static final Pattern WARNING = Pattern.compile("^\\S+ +(WARN|ERROR)\\b.*");
    private static final long POLL_NANOS = 200_000_000;

    private final Map<String, BufferedReader> logs = new LinkedHashMap<>();
    private final Writer all;
    private final PrintStream terminal;

    LogFollower(Iterable<ServiceProcess> services, Path file, PrintStream terminal) throws IOException {
        for (ServiceProcess service : services) {
            Path log = Files.exists(service.log()) ? service.log() : Files.createFile(service.log());
            logs.put(service.name(), Files.newBufferedReader(log));
        }
        this.all = Files.newBufferedWriter(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.terminal = terminal;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (Map.Entry<String, BufferedReader> log : logs.entrySet()) {
                    for (String line = log.getValue().readLine();
                            line != null;
                            line = log.getValue().readLine()) {
                        write(log.getKey(), line);
                    }
                }
                all.flush();
                LockSupport.parkNanos(POLL_NANOS);
            }
        } catch (IOException e) {
            terminal.println("The logs are no longer followed: " + e.getMessage());
        }
    }

    private void write(String service, String line) throws IOException {
        String prefixed = String.format("%-17s | %s%n", service, line);
        all.write(prefixed);
        if (WARNING.matcher(line).matches()) {
            terminal.print(prefixed);
        }
    }
}
