package io.orderflow.systemtests;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adds examples to the texts and numbers of an API, by their names, from {@value #FILE}. */
final class Examples {

    private static final String FILE = "/api-examples.json";
    private static final Set<String> SCALARS = Set.of("string", "number", "integer");
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode examples;

    Examples() {
        try (InputStream file = Examples.class.getResourceAsStream(FILE)) {
            examples = JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(OpenAPI api) {
        api.getComponents()
                .getSchemas()
                .forEach((name, schema) -> properties(schema).forEach((property, value) -> add(property, value, name)));
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getParameters() != null)
                .forEach(operation -> operation
                        .getParameters()
                        .forEach(parameter ->
                                add(parameter.getName(), parameter.getSchema(), operation.getOperationId())));
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Map<String, Schema<?>> properties(Schema schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }

    private void add(String name, Schema<?> schema, String owner) {
        if (schema.getTypes() == null
                || schema.getEnum() != null
                || schema.getTypes().stream().noneMatch(SCALARS::contains)) {
            return;
        }
        JsonNode example = examples.has(owner + "." + name) ? examples.get(owner + "." + name) : examples.get(name);
        if (example != null) {
            setExamples(schema, JSON.convertValue(example, Object.class));
        }
    }

    @SuppressWarnings("unchecked")
    private static void setExamples(Schema<?> schema, Object example) {
        ((Schema<Object>) schema).setExamples(List.of(example));
    }
}
