package io.orderflow.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and runs programs of this machine. */
final class Commands {

    private Commands() {}

    static Optional<Path> find(String program, String... furtherFolders) {
        List<String> folders = new ArrayList<>(List.of(furtherFolders));
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(Arrays.asList(path.split(File.pathSeparator)));
        }
        return folders.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The command in a new session, so that Ctrl-C at the terminal does not end it before this JVM does. */
    static List<String> detached(List<String> command) {
        return prefixed(find("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of()), command);
    }

    static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Whether the command ends with 0 within that many seconds. Its output is discarded. */
    static boolean succeeds(int seconds, String... command) {
        return succeeds(seconds, Map.of(), command);
    }

    /** The same, with these environment variables in addition to those of this JVM. */
    static boolean succeeds(int seconds, Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
