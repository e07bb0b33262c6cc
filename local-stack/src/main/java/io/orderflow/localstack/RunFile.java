package io.orderflow.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Says which process runs the stack of this folder. A file that a killed run left behind is recognised: its process is
 * gone, or its number is another program's by now.
 */
final class RunFile {

    /** The system tells when a process began by its clock's second, which may have been set since. */
    private static final long SAME_START_MILLIS = 5_000;

    private final Path file;

    private RunFile(Path file) {
        this.file = file;
    }

    /** Claims the folder for this process. */
    static RunFile claim(Path folder) {
        RunFile runFile = new RunFile(folder.resolve("up.pid"));
        runFile.owner().ifPresent(owner -> {
            throw new StackException("A stack runs already (process " + owner.pid() + "). ./orderflow down ends it.");
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

    /** The process of the stack, if it runs. */
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
