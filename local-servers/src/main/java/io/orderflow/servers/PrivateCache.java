package io.orderflow.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The folder in which unpacked programs are kept between runs. They are executed, so only the owner may have access: a
 * shared folder such as /tmp is rejected.
 */
final class PrivateCache {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateCache() {}

    /** {@code $XDG_CACHE_HOME/orderflow}, else {@code ~/.cache/orderflow}. */
    static Path folder() {
        return folder(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * The folder under these settings, created if it does not exist.
     *
     * @throws ServerUnavailableException if it is a link, belongs to another user, or is accessible to others
     */
    static Path folder(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = configured.isEmpty() ? home.resolve(".cache") : Path.of(configured);
        return checked(created(caches.resolve("orderflow")), home);
    }

    private static Path created(Path folder) {
        try {
            Files.createDirectories(folder.getParent());
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException exists) {
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The cache folder " + folder + " cannot be created. Set XDG_CACHE_HOME to a folder of your own.",
                    e);
        }
    }

    private static Path checked(Path folder, Path home) {
        try {
            PosixFileAttributes actual =
                    Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> others = EnumSet.copyOf(actual.permissions());
            others.removeAll(OWNER_ONLY);
            if (actual.isDirectory() && others.isEmpty() && actual.owner().equals(Files.getOwner(home))) {
                return folder;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The cache folder " + folder + " cannot be examined.", e);
        }
        throw new ServerUnavailableException(
                "The cache folder " + folder + " is not a directory that only you can enter,"
                        + " and programs are executed from it. Nothing was started. Remove it, or set XDG_CACHE_HOME to a folder"
                        + " of your own.");
    }
}
