package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row that a relay has read.
 *
 * @param held an earlier row of its key is parked
 * @param delayed it was not to be sent before some time, and has no place in the order of its key
 */
record WaitingRow(
        short partition, long id, String topic, Message<String, byte[]> message, boolean held, boolean delayed) {

    /** Of payload. */
    int bytes() {
        byte[] value = message.value();
        return value == null ? 0 : value.length;
    }

    byte @Nullable [] keyBytes() {
        String key = message.key();
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether this row has to wait for that one. */
    boolean isBehind(WaitingRow other) {
        return !delayed
                && !other.delayed
                && topic.equals(other.topic)
                && message.key() != null
                && message.key().equals(other.message.key());
    }
}
