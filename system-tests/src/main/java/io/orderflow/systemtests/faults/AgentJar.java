package io.orderflow.systemtests.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/**
 * Starts a process with faults. The agent's jar has only a manifest that points to the classes, so that it exists in every
 * phase of a build and no artifact contains it.
 */
public final class AgentJar {

    private static final Path JAR = create();

    private AgentJar() {}

    /**
     * The JVM's argument for these faults, such as {@code halt:relay.after-confirm@3,broken:no-inbox}.
     *
     * @throws IllegalArgumentException if there is no such fault
     */
    public static String argument(String faults) {
        Faults.parse(faults);
        return "-javaagent:" + JAR + "=" + faults;
    }

    /** The names that may follow {@code broken:}. */
    public static List<String> breakages() {
        return Breakages.all().stream().map(Breakage::name).toList();
    }

    private static Path create() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", FaultAgent.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, locationOf(FaultAgent.class) + " " + locationOf(ByteBuddy.class));
        try {
            Path jar = Files.createTempFile("fault-agent", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                out.finish();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String locationOf(Class<?> type) {
        try {
            return type.getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
