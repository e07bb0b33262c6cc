package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row that a relay has read.
 *
 * @param blocked whether an earlier row of its key is parked
 * @param delayed whether it was added with a delay; such rows are not part of the order of their key
 */
record WaitingRow(
        short partition, long id, String topic, Message<String, byte[]> message, boolean blocked, boolean delayed) {

    /** What {@link #of} needs of the outbox {@code o}, beside {@code blocked} and {@code is_delayed}. */
    static final String COLUMNS = """
            o.partition, o.id, o.topic, o.message_key, o.value, o.headers, o.made_at,
            coalesce(octet_length(o.value), 0) as bytes
            """;

    static WaitingRow of(ResultSet row) throws SQLException {
        byte[] key = row.getBytes("message_key");
        Message<String, byte[]> message = new Message<>(
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                row.getBytes("value"),
                HeadersJson.read(row.getString("headers")),
                Instant.ofEpochMilli(row.getLong("made_at")));
        return new WaitingRow(
                row.getShort("partition"),
                row.getLong("id"),
                row.getString("topic"),
                message,
                row.getBoolean("blocked"),
                row.getBoolean("is_delayed"));
    }

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
