package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of servers. */
public final class Folders {

    private Folders() {}

    /** A new folder that is deleted when this JVM ends. */
    static Path temporary(String name) {
        try {
            Path folder = Files.createTempDirectory("orderflow-" + name + "-");
            Guard.deleteAtTheEnd(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The absolute path of the folder, which is created if it does not exist. */
    public static Path created(Path folder) {
        try {
            return Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be created.", e);
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
