package io.orderflow.servers;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses where a new server is started: in Docker if an engine has the image, else as a process, else in Docker with an
 * image that has to be pulled. {@value #CHOICE} set to {@code docker} or {@code local} overrides that.
 */
final class ServerLocation {

    static final String CHOICE = "ORDERFLOW_TEST_SERVERS";

    private static final Logger LOG = LoggerFactory.getLogger(ServerLocation.class);
    private static final int ENGINE_SECONDS = 10;
    private static final int PULL_SECONDS = 300;

    private ServerLocation() {}

    static <S> S choose(
            String server, String image, boolean installed, String toInstall, Supplier<S> docker, Supplier<S> local) {
        String choice = System.getenv().getOrDefault(CHOICE, "");
        switch (choice) {
            case "local" -> {
                if (installed) {
                    return local.get();
                }
                throw new ServerUnavailableException(server + " is not installed. " + toInstall + ".");
            }
            case "docker" -> {
                if (present(image) || pulled(image)) {
                    return docker.get();
                }
                throw new ServerUnavailableException(
                        "No Docker engine answers, or it cannot pull the image " + image + " for " + server + ".");
            }
            case "" -> {}
            default -> throw new ServerUnavailableException(CHOICE + " has to be docker or local, not " + choice + ".");
        }
        if (present(image)) {
            return docker.get();
        }
        if (installed) {
            LOG.info("{} is started as a process: there is no Docker engine with the image {}", server, image);
            return local.get();
        }
        if (pulled(image)) {
            return docker.get();
        }
        throw new ServerUnavailableException(
                server + " is not installed, and there is no Docker engine that can pull the image " + image + ". "
                        + toInstall + ", or start Docker.");
    }

    private static boolean present(String image) {
        return Commands.succeeds(ENGINE_SECONDS, "docker", "image", "inspect", image);
    }

    private static boolean pulled(String image) {
        return Commands.succeeds(ENGINE_SECONDS, "docker", "info")
                && Commands.succeeds(PULL_SECONDS, "docker", "pull", "-q", image);
    }
}
