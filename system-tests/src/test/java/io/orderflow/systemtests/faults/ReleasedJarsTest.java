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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is released knows nothing of fail points: no class, no text, no dependency. */
class ReleasedJarsTest {

    static Stream<String> modules() {
        return Modules.RELEASED.stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void the_classes_hold_no_trace(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Modules.classes(module))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(traces(Files.readAllBytes(file))).as("%s", file).isEmpty();
            }
        }
    }

    /** Jars are there once the build has packaged them; a build that only compiles has none. */
    @ParameterizedTest
    @MethodSource("modules")
    void the_jars_hold_no_trace(String module) throws IOException {
        try (Stream<Path> files = Files.list(Modules.ROOT.resolve(module).resolve("target"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (InputStream in = Files.newInputStream(jar)) {
                    Map<String, List<String>> found = new TreeMap<>();
                    look(jar.getFileName().toString(), in, found);
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
                .doesNotContain("fault-injection")
                .doesNotContain("byte-buddy");
    }

    private static void look(String name, InputStream in, Map<String, List<String>> found) throws IOException {
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
                look(path, new ByteArrayInputStream(content), found);
            }
        }
    }

    /** Other people's classes may well contain a word of ours; only their jars' names are looked at. */
    private static boolean isOurs(String entry) {
        return entry.contains("orderflow") || entry.startsWith("META-INF/") || entry.startsWith("db/");
    }

    private static List<String> traces(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return Stream.concat(
                        Stream.of(
                                "io/orderflow/systemtests/faults",
                                "io.orderflow.systemtests.faults",
                                "fault-injection"),
                        FailPoints.all().stream().map(FailPoint::name))
                .filter(text::contains)
                .toList();
    }
}
