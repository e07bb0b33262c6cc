package io.orderflow.systemtests;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property of ours has configuration metadata, which IDEs show and from which the documents' tables are generated. */
class ConfigurationMetadataTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern PREFIX = Pattern.compile("@ConfigurationProperties\\(\"([^\"]+)\"\\)");
    private static final Pattern OURS =
            Pattern.compile("(messaging|orderflow|orders|inventory|shipping|email|analytics)\\..*");

    static List<Path> modules() {
        return files(1, ROOT, "").stream()
                .filter(folder -> !prefixes(folder).isEmpty())
                .toList();
    }

    static List<Path> settings() {
        return files(1, ROOT, "").stream()
                .flatMap(folder -> files(1, folder.resolve("src/main/resources"), ".yml").stream())
                .toList();
    }

    @Test
    void modules_and_settings_are_found() {
        assertThat(modules().stream().map(Path::getFileName).map(Path::toString))
                .contains(
                        "messaging-common",
                        "messaging-jdbc",
                        "service-starter",
                        "order-service",
                        "shipping-service",
                        "email-service");
        assertThat(settings().stream().map(Path::getFileName).map(Path::toString))
                .contains("application.yml", "service-defaults.yml");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_configuration_properties_class_has_metadata(Path module) {
        Set<String> groups = metadata(module, "groups").stream()
                .map(group -> group.get("name").asString())
                .collect(toSet());
        assertThat(groups).containsAll(prefixes(module));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_property_has_a_description(Path module) {
        assertThat(metadata(module, "properties"))
                .isNotEmpty()
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as("the description of " + property.get("name"))
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void every_key_of_ours_has_metadata(Path settings) throws IOException {
        List<JsonNode> known = modules().stream()
                .flatMap(module -> metadata(module, "properties").stream())
                .toList();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load("settings", new FileSystemResource(settings))) {
            assertThat(((EnumerablePropertySource<?>) source).getPropertyNames())
                    .filteredOn(OURS.asMatchPredicate())
                    .allSatisfy(key -> assertThat(known).anyMatch(property -> describes(property, key)));
        }
    }

    /** Whether this is the key's property, or the map of which the key is an entry. */
    private static boolean describes(JsonNode property, String key) {
        String name = property.get("name").asString();
        boolean isMap = property.get("type").asString().startsWith("java.util.Map<");
        return isMap ? key.startsWith(name) : key.replaceFirst("\\[.*", "").equals(name);
    }

    private static List<JsonNode> metadata(Path module, String part) {
        Path file = module.resolve("target/classes/META-INF/spring-configuration-metadata.json");
        List<JsonNode> items = new ArrayList<>();
        JsonMapper.shared().readTree(file.toFile()).get(part).forEach(items::add);
        return items;
    }

    private static Set<String> prefixes(Path module) {
        return files(Integer.MAX_VALUE, module.resolve("src/main/java"), ".java").stream()
                .flatMap(file -> PREFIX.matcher(read(file)).results())
                .map((MatchResult match) -> match.group(1))
                .collect(toSet());
    }

    private static List<Path> files(int depth, Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files =
                Files.find(folder, depth, (file, attributes) -> file.toString().endsWith(ending))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
