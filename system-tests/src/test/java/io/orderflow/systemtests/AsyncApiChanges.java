package io.orderflow.systemtests;

import io.orderflow.systemtests.SchemaChanges.Direction;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The incompatible differences between two AsyncAPI documents. A message that is published today is read by yesterday's
 * consumers, and one that was published yesterday by today's: its required properties stay the same.
 */
final class AsyncApiChanges {

    private AsyncApiChanges() {}

    static List<String> between(JsonNode before, JsonNode after) {
        List<String> changes = new ArrayList<>();
        before.path("channels").properties().forEach(channel -> {
            JsonNode later = after.path("channels").path(channel.getKey()).path("messages");
            channel.getValue().path("messages").propertyNames().forEach(message -> {
                if (!later.has(message)) {
                    changes.add(channel.getKey() + ": " + message + " removed");
                }
            });
        });
        before.at("/components/messages").properties().forEach(message -> {
            JsonNode later = after.at("/components/messages").path(message.getKey());
            if (!later.isMissingNode()) {
                changes.addAll(new SchemaChanges(before, after, Direction.BOTH)
                        .between(message.getKey(), message.getValue().get("payload"), later.get("payload")));
            }
        });
        return changes;
    }
}
