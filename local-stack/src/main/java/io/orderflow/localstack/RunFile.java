package io.orderflow.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Names the process that runs the stack of this folder. A file of a killed run is recognised: its process is gone, or the
 * process id belongs to another program.
 */
final class RunFile {

    /** The start time of a process is precise to a second, and the clock may have been set since. */
    private static final long SAME_START_MILLIS = 5_000;

    private final Path file;

    private RunFile(Path file) {
        this.file = file;
    }

    /** Claims the folder for this process. */
    static RunFile claim(Path folder) {
        RunFile runFile = new RunFile(folder.resolve("up.pid"));
        runFile.owner().ifPresent(owner -> {
            throw new StackException(
                    "A stack is already running (process " + owner.pid() + "). ./orderflow down ends it.");
        });
        try {
            ProcessHandle self = ProcessHandle.current();
            Files.writeString(runFile.file, self.pid() + " " + startOf(self));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runFile;
    }

    static RunFile in(Path folder) {
        return new RunFile(folder.resolve("up.pid"));
    }

    /** The process of the stack, if it is running. */
    Optional<ProcessHandle> owner() {
        try {
            String[] claimed = Files.readString(file).trim().split(" ");
            long start = Long.parseLong(claimed[1]);
            return ProcessHandle.of(Long.parseLong(claimed[0]))
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .filter(process -> Math.abs(startOf(process) - start) < SAME_START_MILLIS);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException none) {
            return Optional.empty();
        }
    }

    void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
