package io.orderflow.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One instance of the {@link Shop}, as a process that writes its log into a file. */
final class ShopProcess implements AutoCloseable {

    static final String ALL_PLACED = "all orders of this start are placed";

    private final Process process;
    private final Path log;

    private ShopProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param faults the argument of the agent; empty for an instance without it */
    static ShopProcess start(Path log, String faults, List<String> properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
        if (!faults.isEmpty()) {
            command.add(AgentJar.argument(faults));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Shop.class.getName()));
        command.addAll(properties);
        try {
            return new ShopProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it was halted at its fail point within the time; it runs on if not. */
    boolean isHaltedWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == Action.HALTED;
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no log) " + e.getMessage();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
