package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child process that does not outlive this JVM, with its output in the file {@code <name>.log} of its folder. It can be
 * ended and started again. Ctrl-C at the terminal does not end it. For one thread at a time.
 */
public class LocalProcess implements Lifecycle {

    private static final int STOP_SECONDS = 15;
    private static final int LAST_LINES = 30;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;
    private final Path log;
    private final String stopSignal;
    private volatile @Nullable Process process;
    private volatile boolean ending;
    private Runnable unexpectedEndTask = () -> {};

    /** @param stopSignal the signal that shuts it down, as in {@code kill -TERM} */
    public LocalProcess(
            String name, Path folder, List<String> command, Map<String, String> environment, String stopSignal) {
        this.command = command;
        this.environment = environment;
        this.folder = folder;
        this.log = folder.resolve(name + ".log");
        this.stopSignal = stopSignal;
    }

    @Override
    public void start() {
        if (isAlive()) {
            throw new IllegalStateException(this + " is already running");
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
        ending = false;
        Guard.watch(process.toHandle());
        onUnexpectedEnd(unexpectedEndTask);
    }

    @Override
    public void stop() {
        end(stopSignal);
    }

    @Override
    public void kill() {
        List<ProcessHandle> children = descendants();
        end("KILL");
        // PostgreSQL does not start again before the last child of the killed server has ended
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
    }

    @Override
    public void freeze() {
        signal("STOP");
        // children may do the work, as in PostgreSQL; the stopped parent starts no more of them
        descendants().forEach(child -> signal("STOP", child));
    }

    @Override
    public void thaw() {
        descendants().forEach(child -> signal("CONT", child));
        signal("CONT");
    }

    @Override
    public void discard() {
        kill();
    }

    /** Runs the task when the current process, or one that is started later, ends without a call of this object. */
    @Override
    public void onUnexpectedEnd(Runnable task) {
        unexpectedEndTask = task;
        Process running = process;
        if (running != null) {
            running.onExit().thenRun(() -> {
                if (process == running && !ending) {
                    task.run();
                }
            });
        }
    }

    /** Its process id while it is running. */
    public OptionalLong pid() {
        Process running = process;
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    /** The file with its output. */
    public Path log() {
        return log;
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public String logTail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public String toString() {
        return process == null ? "not started" : "process " + process.pid() + " in " + folder;
    }

    private void end(String signal) {
        Process current = process;
        if (current == null) {
            return;
        }
        ending = true;
        try {
            if (current.isAlive()) {
                signal(signal);
                if (!current.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    current.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Guard.unwatch(current.toHandle());
        process = null;
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        signal(name, process.toHandle());
    }

    private List<ProcessHandle> descendants() {
        return process == null ? List.of() : process.descendants().toList();
    }

    private static void signal(String name, ProcessHandle target) {
        String pid = Long.toString(target.pid());
        try {
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal process " + pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
