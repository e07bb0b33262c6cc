package io.orderflow.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that several build files repeat are equal. */
class BuildTest {

    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(
            strings = {"order-service", "inventory-service", "shipping-service", "email-service", "analytics-service"})
    void each_service_contains_an_sbom_that_names_the_library(String service) throws IOException {
        Path file = ROOT.resolve(service).resolve("target").resolve(service + "-0.1.0-SNAPSHOT.jar");
        try (JarFile jar = new JarFile(file.toFile())) {
            ZipEntry sbom = new ZipEntry(jar.getManifest().getMainAttributes().getValue("Sbom-Location"));
            try (InputStream in = jar.getInputStream(sbom)) {
                assertThat(in)
                        .asString(StandardCharsets.UTF_8)
                        .contains("\"CycloneDX\"", "messaging-common", "messaging-jdbc");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"messaging-bom/pom.xml", "examples/minimal/pom.xml"})
    void poms_without_the_common_parent_have_its_version(String pom) throws IOException {
        assertThat(first("<artifactId>(?:messaging-bom|minimal)</artifactId>\\s*<version>([^<]+)", pom))
                .isEqualTo(first("<artifactId>orderflow</artifactId>\\s*<version>([^<]+)", "pom.xml"));
    }

    @Test
    void the_example_has_the_same_version_of_spring_boot() throws IOException {
        String parent = "<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>([^<]+)";
        assertThat(first(parent, "examples/minimal/pom.xml")).isEqualTo(first(parent, "pom.xml"));
    }

    @Test
    void the_workflow_runs_the_script_on_the_oldest_and_the_newest_java() throws IOException {
        assertThat(ROOT.resolve(".github/workflows/test.yml"))
                .content()
                .contains("run: ./orderflow test", "\"" + first("<java.version>(\\d+)", "pom.xml") + "\"")
                .contains("\"" + first("temurin:(\\d+)-jre", "Dockerfile") + "\"");
    }

    /** A renamed suite would silently not run: the command ignores patterns without a match. */
    @Test
    void the_suites_that_ci_runs_in_containers_exist() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsAll(Pattern.compile("\\w+Test\\b")
                            .matcher(Files.readString(ROOT.resolve(".ci/run")))
                            .results()
                            .map(suite -> suite.group() + ".java")
                            .toList());
        }
    }

    @Test
    void the_wrapper_verifies_what_it_downloads() throws IOException {
        assertThat(first("distributionSha256Sum=(\\w+)", ".mvn/wrapper/maven-wrapper.properties"))
                .hasSize(64);
    }

    private static String first(String pattern, String file) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(ROOT.resolve(file)));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }
}
