package io.orderflow.systemtests;

import io.orderflow.systemtests.SchemaChanges.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The incompatible differences between two OpenAPI documents: what existing clients depend on and no longer get. */
final class OpenApiChanges {

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> changes = new ArrayList<>();

    private OpenApiChanges(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    static List<String> between(JsonNode before, JsonNode after) {
        OpenApiChanges all = new OpenApiChanges(before, after);
        before.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> all.compare(
                                operation.getKey().toUpperCase() + " " + path.getKey(),
                                operation.getValue(),
                                after.path("paths").path(path.getKey()).path(operation.getKey()))));
        return all.changes;
    }

    private void compare(String name, JsonNode a, JsonNode b) {
        if (b.isMissingNode()) {
            changes.add(name + ": removed");
            return;
        }
        a.path("parameters").forEach(each -> compareParameter(name, each, b));
        b.path("parameters").forEach(each -> {
            if (each.path("required").asBoolean(false) && parameter(a, each).isEmpty()) {
                changes.add(name + "?" + each.get("name").asString() + ": required now");
            }
        });
        String json = "/content/application~1json/schema";
        compare(
                name + " body",
                a.path("requestBody").at(json),
                b.path("requestBody").at(json),
                Direction.SENT);
        a.path("responses").properties().forEach(response -> {
            JsonNode later = b.path("responses").path(response.getKey());
            if (later.isMissingNode()) {
                changes.add(name + " " + response.getKey() + ": removed");
            }
            compare(name + " " + response.getKey(), response.getValue().at(json), later.at(json), Direction.RECEIVED);
        });
    }

    private void compareParameter(String name, JsonNode earlier, JsonNode operation) {
        String at = name + "?" + earlier.get("name").asString();
        parameter(operation, earlier)
                .ifPresentOrElse(
                        later -> {
                            if (later.path("required").asBoolean(false)
                                    && !earlier.path("required").asBoolean(false)) {
                                changes.add(at + ": required now");
                            }
                            compare(at, earlier.path("schema"), later.path("schema"), Direction.SENT);
                        },
                        () -> changes.add(at + ": removed"));
    }

    private static Optional<JsonNode> parameter(JsonNode operation, JsonNode like) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(each -> each.get("name").equals(like.get("name"))
                        && each.get("in").equals(like.get("in")))
                .findFirst();
    }

    private void compare(String at, JsonNode a, JsonNode b, Direction direction) {
        changes.addAll(new SchemaChanges(before, after, direction).between(at, a, b));
    }
}
