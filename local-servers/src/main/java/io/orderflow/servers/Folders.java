package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of servers. */
final class Folders {

    private Folders() {}

    /** A new one that goes with this JVM. */
    static Path passing(String name) {
        try {
            Path folder = Files.createTempDirectory("orderflow-" + name + "-");
            Guard.deleteAtTheEnd(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path in(Path parent, String name) {
        try {
            return Files.createDirectories(parent.resolve(name).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path folder, String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
