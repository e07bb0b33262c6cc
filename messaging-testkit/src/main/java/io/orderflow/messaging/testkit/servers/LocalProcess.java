package io.orderflow.messaging.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server as a child process of this JVM, with a log file in its folder. */
final class LocalProcess implements Place {

    private static final int GRACE_SECONDS = 15;
    private static final int LAST_LINES = 30;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;
    private final Path log;
    private final String stopSignal;
    private @Nullable Process process;

    LocalProcess(String name, Path folder, List<String> command, Map<String, String> environment, String stopSignal) {
        this.command = command;
        this.environment = environment;
        this.folder = folder;
        this.log = folder.resolve(name + ".log");
        this.stopSignal = stopSignal;
    }

    @Override
    public void start() {
        if (isAlive()) {
            throw new IllegalStateException(this + " runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(Commands.detached(command))
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new ServerUnavailableException(command.get(0) + " cannot be started: " + e.getMessage(), e);
        }
        Guard.watch(process.toHandle());
    }

    @Override
    public void stop() {
        end(stopSignal);
    }

    @Override
    public void kill() {
        end("KILL");
    }

    @Override
    public void freeze() {
        signal("STOP");
    }

    @Override
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void discard() {
        kill();
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public String lastWords() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "nothing (" + e.getMessage() + ")";
        }
    }

    @Override
    public String toString() {
        return process == null ? "not started" : "process " + process.pid() + " in " + folder;
    }

    private void end(String signal) {
        Process ending = process;
        if (ending == null) {
            return;
        }
        try {
            if (ending.isAlive()) {
                signal(signal);
                if (!ending.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    ending.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Guard.forget(ending.toHandle());
        process = null;
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        String pid = Long.toString(process.pid());
        try {
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
