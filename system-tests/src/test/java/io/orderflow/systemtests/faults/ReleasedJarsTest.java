package io.orderflow.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Released modules have no trace of fault injection: no class, no text, no dependency. */
class ReleasedJarsTest {

    static Stream<String> modules() {
        return Modules.RELEASED.stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void the_classes_have_no_trace(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Modules.classes(module))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(traces(Files.readAllBytes(file))).as("%s", file).isEmpty();
            }
        }
    }

    /** Jars exist after the package phase only. */
    @ParameterizedTest
    @MethodSource("modules")
    void the_jars_have_no_trace(String module) throws IOException {
        try (Stream<Path> files = Files.list(Modules.ROOT.resolve(module).resolve("target"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (InputStream in = Files.newInputStream(jar)) {
                    Map<String, List<String>> found = new TreeMap<>();
                    search(jar.getFileName().toString(), in, found);
                    assertThat(found).as("%s", jar).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void the_module_does_not_depend_on_it(String module) throws IOException {
        assertThat(Modules.ROOT.resolve(module).resolve("pom.xml"))
                .content()
                .doesNotContain("system-tests")
                .doesNotContain("byte-buddy");
    }

    /** Exists after the package phase only. */
    @Test
    void the_tools_have_no_test_library() throws IOException {
        Path lib = Modules.ROOT.resolve("local-stack/target/lib");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> jars = Files.list(lib)) {
                assertThat(jars.map(jar -> jar.getFileName().toString()))
                        .isNotEmpty()
                        .noneMatch(name -> name.matches("(junit|assertj|mockito|messaging-testkit).*"));
            }
        }
    }

    private static void search(String name, InputStream in, Map<String, List<String>> found) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String path = name + "!" + entry.getName();
            byte[] content = zip.readAllBytes();
            List<String> traces =
                    new ArrayList<>(entry.getName().contains("byte-buddy") ? List.of("byte-buddy") : List.of());
            if (isOurs(entry.getName())) {
                traces.addAll(traces(content));
            }
            if (!traces.isEmpty()) {
                found.put(path, traces);
            }
            if (entry.getName().endsWith(".jar")) {
                search(path, new ByteArrayInputStream(content), found);
            }
        }
    }

    /** Of dependencies only the names of the jars are checked. */
    private static boolean isOurs(String entry) {
        return entry.contains("orderflow") || entry.startsWith("META-INF/") || entry.startsWith("db/");
    }

    private static List<String> traces(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return Stream.concat(
                        Stream.of("io/orderflow/systemtests/faults", "io.orderflow.systemtests.faults", "fault-agent"),
                        FailPoints.all().stream().map(FailPoint::name))
                .filter(text::contains)
                .toList();
    }
}
