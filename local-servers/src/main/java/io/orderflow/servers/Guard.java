package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Sees to it that nothing survives this JVM, not even if it is killed: a shell that holds the other end of a pipe and,
 * when the pipe closes, kills the processes, removes the containers and deletes the folders it was told of.
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

    private final Writer orders;

    private Guard() {
        try {
            Process shell = new ProcessBuilder(Commands.detached(List.of("sh", "-c", SCRIPT)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            orders = shell.outputWriter(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of the servers cannot be started: is there a POSIX sh?", e);
        }
    }

    static void watch(ProcessHandle process) {
        INSTANCE.order("process " + process.pid());
    }

    static void forget(ProcessHandle process) {
        INSTANCE.order("gone " + process.pid());
    }

    static void watchContainer(String id) {
        INSTANCE.order("container " + id);
    }

    static void forgetContainer(String id) {
        INSTANCE.order("removed " + id);
    }

    static void deleteAtTheEnd(Path folder) {
        INSTANCE.order("folder " + folder.toAbsolutePath());
    }

    private synchronized void order(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the guard of the servers has gone", e);
        }
    }
}
