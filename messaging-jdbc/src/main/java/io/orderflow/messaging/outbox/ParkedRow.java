package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Headers;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox that awaits an operator.
 *
 * @param id of the row
 * @param messageId null if the message has none
 * @param bytes the length of the payload
 * @param reason why the broker rejects it, or that it is behind another one of its key
 * @param delayed whether it was added with a delay, and so is not part of the order of its key
 * @param released whether it is to be sent again, which begins within seconds
 */
public record ParkedRow(
        long id,
        String topic,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String type,
        int bytes,
        String reason,
        Instant addedAt,
        Instant parkedAt,
        boolean delayed,
        boolean released) {

    static final String COLUMNS = "id, topic, message_key, headers, coalesce(octet_length(value), 0) as bytes,"
            + " coalesce(parked_reason, '') as reason, created_at, parked_at, not_before is not null as delayed, released";

    static ParkedRow of(ResultSet row, int number) throws SQLException {
        byte[] key = row.getBytes("message_key");
        Map<String, String> headers = HeadersJson.read(row.getString("headers"));
        return new ParkedRow(
                row.getLong("id"),
                row.getString("topic"),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                headers.get(Headers.ID),
                headers.get(Headers.TYPE),
                row.getInt("bytes"),
                row.getString("reason"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("parked_at").toInstant(),
                row.getBoolean("delayed"),
                row.getBoolean("released"));
    }
}
