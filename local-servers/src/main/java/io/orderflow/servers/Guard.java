package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Ensures that no server outlives this JVM, even if that is killed: a shell at the other end of a pipe kills the registered
 * processes, removes the containers and deletes the folders when the pipe closes.
 */
final class Guard {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            pids=' ' containers=' ' nl='
            ' folders=
            without() { kept=' '; for each in $1; do [ "$each" = "$2" ] || kept="$kept$each "; done; }
            while read -r verb what; do
              case $verb in
                process) pids="$pids$what " ;;
                gone) without "$pids" "$what"; pids=$kept ;;
                container) containers="$containers$what " ;;
                removed) without "$containers" "$what"; containers=$kept ;;
                folder) folders="$folders$what$nl" ;;
              esac
            done
            for pid in $pids; do kill -9 "$pid"; done 2>/dev/null
            for id in $containers; do docker rm -f -v "$id"; done >/dev/null 2>&1
            printf '%s' "$folders" | while read -r folder; do
              rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
            done 2>/dev/null
            """;

    private static final Guard INSTANCE = new Guard();

    private final Writer pipe;

    private Guard() {
        try {
            Process shell = new ProcessBuilder(Commands.detached(List.of("sh", "-c", SCRIPT)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            pipe = shell.outputWriter(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The guard process of the servers cannot be started. It needs a POSIX sh.", e);
        }
    }

    static void watch(ProcessHandle process) {
        INSTANCE.send("process " + process.pid());
    }

    static void unwatch(ProcessHandle process) {
        INSTANCE.send("gone " + process.pid());
    }

    static void watchContainer(String id) {
        INSTANCE.send("container " + id);
    }

    static void unwatchContainer(String id) {
        INSTANCE.send("removed " + id);
    }

    static void deleteAtTheEnd(Path folder) {
        INSTANCE.send("folder " + folder.toAbsolutePath());
    }

    private synchronized void send(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The guard process of the servers has ended.", e);
        }
    }
}
