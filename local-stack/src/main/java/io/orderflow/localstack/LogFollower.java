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

/**
 * Follows the logs of the services: every line goes to one file with the service before it, warnings and errors go to
 * the terminal as well.
 */
final class LogFollower implements Runnable {

    private static final Pattern TROUBLE = Pattern.compile("^\\S+ +(WARN|ERROR)\\b.*");
    private static final long BREATH_NANOS = 200_000_000;

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
                        tell(log.getKey(), line);
                    }
                }
                all.flush();
                LockSupport.parkNanos(BREATH_NANOS);
            }
        } catch (IOException e) {
            terminal.println("The logs cannot be followed any more: " + e.getMessage());
        }
    }

    private void tell(String service, String line) throws IOException {
        String told = String.format("%-17s | %s%n", service, line);
        all.write(told);
        if (TROUBLE.matcher(line).matches()) {
            terminal.print(told);
        }
    }
}
