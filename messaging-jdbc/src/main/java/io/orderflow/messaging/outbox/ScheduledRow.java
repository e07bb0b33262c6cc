package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.events.ScheduledEvent;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox that is scheduled and not yet claimed by a relay.
 *
 * @param id of the row
 * @param name of the schedule
 * @param messageId null if the message has none
 * @param bytes the length of the payload
 */
public record ScheduledRow(
        long id,
        String name,
        String topic,
        @Nullable String key,
        @Nullable String messageId,
        @Nullable String type,
        int bytes,
        Instant addedAt,
        Instant due) {

    static final String COLUMNS =
            "id, schedule_name, topic, message_key, headers, coalesce(octet_length(value), 0) as bytes,"
                    + " created_at, not_before";

    static ScheduledRow of(ResultSet row, int number) throws SQLException {
        byte[] key = row.getBytes("message_key");
        Map<String, String> headers = HeadersJson.read(row.getString("headers"));
        return new ScheduledRow(
                row.getLong("id"),
                row.getString("schedule_name"),
                row.getString("topic"),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                headers.get(Headers.ID),
                headers.get(Headers.TYPE),
                row.getInt("bytes"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("not_before").toInstant());
    }

    ScheduledEvent event() {
        return new ScheduledEvent(name, type, key, topic, due);
    }
}
