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

/** Programs of this machine. */
final class Commands {

    private Commands() {}

    static Optional<Path> find(String program, String... furtherPlaces) {
        List<String> places = new ArrayList<>(List.of(furtherPlaces));
        String path = System.getenv("PATH");
        if (path != null) {
            places.addAll(Arrays.asList(path.split(File.pathSeparator)));
        }
        return places.stream()
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The command in a session of its own, so that Ctrl-C at the terminal does not reach it before us. */
    static List<String> detached(List<String> command) {
        return prefixed(find("setsid").map(setsid -> List.of(setsid.toString())).orElse(List.of()), command);
    }

    static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Whether the command ends well within that many seconds. Its output is thrown away. */
    static boolean succeeds(int seconds, String... command) {
        return succeeds(seconds, Map.of(), command);
    }

    /** The same, with these variables besides our own. */
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
