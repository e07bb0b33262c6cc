package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row that a relay has read.
 *
 * @param blocked whether an earlier row of its key is parked
 * @param delayed whether it was added with a delay; such rows are not part of the order of their key
 */
record WaitingRow(
        short partition, long id, String topic, Message<String, byte[]> message, boolean blocked, boolean delayed) {

    /** The length of the payload. */
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
