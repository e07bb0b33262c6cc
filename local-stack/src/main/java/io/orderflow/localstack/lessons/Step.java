package io.orderflow.localstack.lessons;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A command of a lesson and what it prints.
 *
 * @param repeated whether the command is repeated until its output is the expected one, for up to a minute
 */
public record Step(String command, ExpectedOutput output, boolean repeated) {

    private static final long TIMEOUT_NANOS = 60_000_000_000L;
    private static final long PAUSE_NANOS = 500_000_000L;

    /** Runs the command in bash and returns what it prints at last, errors included. */
    public String run(Path folder, Map<String, String> environment) {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        String printed = runOnce(folder, environment);
        while (repeated && !output.matches(printed) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
            printed = runOnce(folder, environment);
        }
        return printed;
    }

    private String runOnce(Path folder, Map<String, String> environment) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true);
        bash.environment().putAll(environment);
        try {
            Process process = bash.start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("bash cannot be started in " + folder + "; the lessons need it.", e);
        }
    }
}
