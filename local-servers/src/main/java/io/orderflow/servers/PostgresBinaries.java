package io.orderflow.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL from the class path, unpacked once for each user. */
record PostgresBinaries(Path home) {

    private static final int EXECUTABLE_BY_OWNER = 0100;

    static PostgresBinaries unpacked() {
        String archive = archive();
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new ServerUnavailableException("There is no " + archive
                        + " on the class path: add the io.zonky.test.postgres binaries of this platform,"
                        + " or give a server by " + PostgresServer.ADDRESS);
            }
            byte[] bytes = packed.readAllBytes();
            Path home = home(bytes);
            if (!Files.isDirectory(home)) {
                unpack(bytes, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be unpacked.", e);
        }
    }

    /** PostgreSQL does not run as root: then it runs in a user namespace of its own, as nobody. */
    List<String> command(String program, String... arguments) {
        List<String> command =
                Commands.prefixed(List.of(home.resolve("bin").resolve(program).toString()), List.of(arguments));
        return "root".equals(System.getProperty("user.name"))
                ? Commands.prefixed(List.of("unshare", "-U"), command)
                : command;
    }

    void initdb(Path data, String user) {
        Path log = data.resolveSibling("initdb.log");
        List<String> command =
                command("initdb", "-A", "trust", "-U", user, "-D", data.toString(), "-E", "UTF-8", "--locale=C", "-N");
        try {
            Process initdb = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (initdb.waitFor() != 0) {
                throw new ServerUnavailableException(
                        "PostgreSQL cannot create its data folder: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerUnavailableException("Interrupted while PostgreSQL created its data folder.", e);
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String architecture = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm_64";
            default -> "x86_64";
        };
        return "postgres-" + system + "-" + architecture + ".txz";
    }

    private static Path home(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return PrivateCache.folder().resolve("postgres-" + HexFormat.of().formatHex(digest, 0, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Into a temporary folder first, which is then moved: several JVMs may do this at once. */
    private static void unpack(byte[] archive, Path home) throws IOException {
        Path temporary = Files.createTempDirectory(home.getParent(), home.getFileName() + "-");
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, temporary.resolve(entry.getName()).normalize());
            }
        }
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(temporary, home);
        } catch (FileSystemException another) {
            Guard.deleteAtTheEnd(temporary);
            if (!Files.isDirectory(home)) {
                throw another;
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & EXECUTABLE_BY_OWNER) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
