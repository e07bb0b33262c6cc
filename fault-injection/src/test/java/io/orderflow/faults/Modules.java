package io.orderflow.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules that are released, as the build has left them. */
final class Modules {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** What a user gets. */
    static final List<String> RELEASED = List.of(
            "messaging-common",
            "event-contracts",
            "service-starter",
            "order-service",
            "inventory-service",
            "shipping-service",
            "email-service");

    private Modules() {}

    static Path classes(String module) {
        Path classes = ROOT.resolve(module).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(module + " is not built: run the test with -am.");
        }
        return classes;
    }
}
