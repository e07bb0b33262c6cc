package io.orderflow.messaging.operations;

import io.orderflow.messaging.HistoryStart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay. Without {@code from} and {@code position} it begins with the first message that the broker keeps.
 *
 * @param topic to read again
 * @param group of the subscription that is replayed
 * @param from begin with what was stored at this time or later
 * @param position begin with the message at this position, as it is printed in the log and in dead letters
 */
record ReplayRequest(
        @Nullable String topic,
        @Nullable String group,
        @Nullable Instant from,
        @Nullable String position) {

    String requiredTopic() {
        return RequestErrors.require("topic", topic);
    }

    String requiredGroup() {
        return RequestErrors.require("group", group);
    }

    HistoryStart start() {
        if (from != null && position != null) {
            throw RequestErrors.refused("position", "must be left out with from");
        }
        return new HistoryStart(from, position);
    }
}
