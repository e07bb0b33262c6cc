package io.orderflow.systemtests;

import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** JSON Schemas of event types, from their records and Javadoc, with their golden files as examples. */
final class EventSchemas {

    private static final Path CONTRACTS = Path.of("../event-contracts/src");
    private static final Map<String, Class<?>> RECORDS = records();
    private static final CommentFormatter FORMATTER = new CommentFormatter();
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> schemas = new TreeMap<>();

    /** The schemas of all messages so far, by the names of their records. */
    Map<String, Object> all() {
        return schemas;
    }

    /** Describes the message of an event type. */
    Map<String, Object> message(String type) {
        Class<?> event = RECORDS.get(type);
        if (event == null) {
            throw new IllegalStateException("No record of event-contracts has the TYPE " + type);
        }
        ModelConverters converters = new ModelConverters(true);
        converters.addConverter(new RecordNullness());
        converters
                .resolveAsResolvedSchema(new AnnotatedType(event).resolveAsRef(false))
                .referencedSchemas
                .forEach((name, schema) -> schemas.put(name, json(schema)));
        ClassJavadoc javadoc = RuntimeJavadoc.getJavadoc(event);
        Schema<?> schema = converters.resolveAsResolvedSchema(new AnnotatedType(event)).schema;
        javadoc.getRecordComponents().forEach(component -> {
            if (schema.getProperties() != null && schema.getProperties().containsKey(component.getName())) {
                schema.getProperties().get(component.getName()).setDescription(text(component.getComment()));
            }
        });
        schemas.put(event.getSimpleName(), json(schema));
        return Map.of(
                "name", type,
                "title", event.getSimpleName(),
                "summary", text(javadoc.getComment()),
                "payload", Map.of("$ref", "#/components/schemas/" + event.getSimpleName()),
                "examples", List.of(Map.of("payload", example(type))));
    }

    private static Object json(Schema<?> schema) {
        return JSON.readValue(Json31.pretty(schema), Object.class);
    }

    private static String text(Comment comment) {
        return FORMATTER.format(comment).replaceAll("</?code>", "`").replaceAll("\\{@link (\\S+)[^}]*}", "$1");
    }

    private static Object example(String type) {
        try {
            Path golden = CONTRACTS.resolve("test/resources/events/" + type + ".json");
            return JSON.readValue(Files.readString(golden), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event records by their type. */
    private static Map<String, Class<?>> records() {
        Map<String, Class<?>> records = new TreeMap<>();
        try (Stream<Path> files = Files.list(CONTRACTS.resolve("main/java/io/orderflow/events"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (Files.readString(file).contains("String TYPE = ")) {
                    Class<?> event = Class.forName("io.orderflow.events." + name);
                    records.put((String) event.getField("TYPE").get(null), event);
                }
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
