package io.orderflow.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** The released modules in the work tree. */
final class Modules {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final List<String> RELEASED = List.of(
            "messaging-common",
            "messaging-jdbc",
            "event-contracts",
            "service-starter",
            "order-service",
            "inventory-service",
            "shipping-service",
            "email-service",
            "analytics-service");

    private Modules() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path classes(String module) {
        Path classes = ROOT.resolve(module).resolve("target/classes");
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException(module + " is not built: run the test with -am.");
        }
        return classes;
    }

    /** Describes a class of a module or a dependency without loading it. */
    static TypePool.Resolution describe(String className) throws IOException {
        List<ClassFileLocator> locators = new ArrayList<>();
        for (String module : RELEASED) {
            locators.add(new ClassFileLocator.ForFolder(classes(module).toFile()));
        }
        locators.add(ClassFileLocator.ForClassLoader.ofSystemLoader());
        return TypePool.Default.of(new ClassFileLocator.Compound(locators)).describe(className);
    }
}
