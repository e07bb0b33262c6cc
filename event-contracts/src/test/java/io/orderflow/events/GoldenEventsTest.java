package io.orderflow.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.codec.JsonCodec;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.util.ClassUtils;

/**
 * Compares the JSON of every event type with a golden file. A record that is written differently, or has no file, fails. The
 * files in {@code earlier} are events of earlier releases, which must stay decodable.
 */
class GoldenEventsTest {

    private static final Map<String, Class<?>> TYPES = eventTypes();

    @Test
    void every_event_type_has_a_file_and_every_file_has_a_type() {
        assertThat(files("."))
                .containsExactlyElementsOf(
                        TYPES.keySet().stream().map(type -> type + ".json").toList());
    }

    static Stream<String> types() {
        return TYPES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void an_event_is_written_as_in_its_file(String type) {
        String json = read(type + ".json").strip();

        assertThat(rewritten(TYPES.get(type), json)).isEqualTo(json);
    }

    static Stream<String> earlier() {
        return files("earlier").stream();
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void events_of_earlier_releases_can_be_decoded(String file) {
        Class<?> event = TYPES.get(file.substring(0, file.indexOf("-w")));

        assertThat(rewritten(event, read("earlier/" + file))).contains("\"orderId\":\"o-1001\"");
    }

    private static <E> String rewritten(Class<E> event, String json) {
        JsonCodec<E> codec = JsonCodec.of(event);
        return new String(codec.encode(codec.decode(json.getBytes(UTF_8))), UTF_8);
    }

    /** The event classes by their type. */
    private static Map<String, Class<?>> eventTypes() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter((metadata, factory) -> true);
        Map<String, Class<?>> types = new TreeMap<>();
        scanner.findCandidateComponents("io.orderflow.events").forEach(each -> {
            Class<?> candidate = ClassUtils.resolveClassName(each.getBeanClassName(), null);
            try {
                Field type = candidate.getField("TYPE");
                types.put((String) type.get(null), candidate);
            } catch (NoSuchFieldException e) {
                // no event
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
        return types;
    }

    private static List<String> files(String folder) {
        try (Stream<Path> files = Files.list(Path.of(resource("").toURI()).resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(String file) {
        try (var in = resource(file).openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static URL resource(String file) {
        return GoldenEventsTest.class.getResource("/events/" + file);
    }
}
