package io.orderflow.systemtests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The incompatible differences between two JSON Schemas. What clients send may not have to contain more than before; what they
 * receive may not contain less.
 */
final class SchemaChanges {

    /** Who writes JSON of this schema: the client, the service, or, as with events, each side's earlier release. */
    enum Direction {
        SENT,
        RECEIVED,
        BOTH
    }

    private final JsonNode before;
    private final JsonNode after;
    private final boolean sent;
    private final boolean received;
    private final List<String> changes = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    /** @param before the document in which references of the earlier schema are resolved */
    SchemaChanges(JsonNode before, JsonNode after, Direction direction) {
        this.before = before;
        this.after = after;
        sent = direction != Direction.RECEIVED;
        received = direction != Direction.SENT;
    }

    List<String> between(String at, JsonNode earlier, JsonNode later) {
        compare(at, earlier, later);
        return changes;
    }

    private void compare(String at, JsonNode earlier, JsonNode later) {
        if (earlier.has("$ref") && !compared.add(earlier.get("$ref").stringValue())) {
            return;
        }
        JsonNode a = resolve(before, earlier);
        JsonNode b = resolve(after, later);
        compareValues(at + ": type", strings(a.path("type")), strings(b.path("type")));
        if (!a.path("format").equals(b.path("format"))) {
            changes.add(at + ": another format");
        }
        Set<String> values = strings(a.path("enum"));
        if (sent && b.has("enum") && !strings(b.path("enum")).containsAll(values)) {
            changes.add(at + ": fewer values");
        }
        compareProperties(at, a, b);
        if (a.has("items")) {
            compare(at + "[]", a.get("items"), b.path("items"));
        }
    }

    private void compareValues(String at, Set<String> a, Set<String> b) {
        if (sent && !b.containsAll(a) || received && !a.containsAll(b)) {
            changes.add(at + " " + a + " is " + b + " now");
        }
    }

    private void compareProperties(String at, JsonNode a, JsonNode b) {
        a.path("properties").properties().forEach(property -> {
            String name = at + "." + property.getKey();
            JsonNode later = b.path("properties").path(property.getKey());
            if (later.isMissingNode()) {
                changes.add(name + ": removed");
            } else {
                compare(name, property.getValue(), later);
            }
        });
        Set<String> before = strings(a.path("required"));
        Set<String> after = strings(b.path("required"));
        if (sent) {
            minus(after, before).forEach(name -> changes.add(at + "." + name + ": required now"));
        }
        if (received) {
            minus(before, after).forEach(name -> changes.add(at + "." + name + ": not always there now"));
        }
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").stringValue().substring(1)) : schema;
    }

    private static Set<String> minus(Set<String> all, Set<String> less) {
        return all.stream().filter(each -> !less.contains(each)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> strings(JsonNode one) {
        Set<String> all = new TreeSet<>();
        (one.isArray() ? one : List.of(one)).forEach(each -> {
            if (!each.isMissingNode()) {
                all.add(each.asString());
            }
        });
        return all;
    }
}
