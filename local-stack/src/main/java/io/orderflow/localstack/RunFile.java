package io.orderflow.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says which process runs the stack of this folder. A file that a killed run left behind is recognised: its process is
 * gone, or is another program by now.
 */
final class RunFile {

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
            Files.writeString(
                    runFile.file, Long.toString(ProcessHandle.current().pid()));
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
            return ProcessHandle.of(Long.parseLong(Files.readString(file).trim()))
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .filter(RunFile::isStack);
        } catch (IOException | NumberFormatException none) {
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

    private static boolean isStack(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(Up.class.getName());
    }
}
