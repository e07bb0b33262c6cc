package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.outbox.HeadersJson;
import io.orderflow.messaging.tracing.TraceParent;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Maps rows of the tables. */
final class Rows {

    /** The trace context is found in the text: headers with U+0000 cannot be parsed as JSON. */
    static final String COLUMNS = """
            id, consumer_group, topic, source, message_id, message_type, message_key,
            substring(headers::text from '"traceparent":"([0-9a-f-]+)"') as trace_parent, coalesce(octet_length(value), 0) as size,
            reason, cause, exception, place, fingerprint, attempts, failures, first_failure, last_failure, redriven, state,
            changed_at
            """;

    private Rows() {}

    static DeadLetter deadLetter(ResultSet row, int number) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("consumer_group"),
                row.getString("topic"),
                row.getString("source"),
                row.getString("message_id"),
                row.getString("message_type"),
                key(row),
                TraceParent.parse(row.getString("trace_parent"))
                        .map(TraceParent::traceId)
                        .orElse(null),
                row.getInt("size"),
                row.getString("reason"),
                row.getString("cause"),
                row.getString("exception"),
                row.getString("place"),
                row.getString("fingerprint"),
                row.getInt("attempts"),
                row.getInt("failures"),
                required(row, "first_failure"),
                required(row, "last_failure"),
                row.getInt("redriven"),
                DeadLetterState.valueOf(row.getString("state")),
                required(row, "changed_at"));
    }

    static SimilarDeadLetters similar(ResultSet row, int number) throws SQLException {
        return new SimilarDeadLetters(
                row.getString("fingerprint"),
                row.getString("exception"),
                row.getString("place"),
                row.getString("reason"),
                row.getLong("number"),
                required(row, "first_failure"),
                required(row, "last_failure"));
    }

    static DeadLetterAction action(ResultSet row, int number) throws SQLException {
        return new DeadLetterAction(
                required(row, "at"), row.getString("who"), row.getString("action"), row.getObject("job", UUID.class));
    }

    static Message<String, byte[]> message(ResultSet row, int number) throws SQLException {
        return new Message<>(
                key(row),
                row.getBytes("value"),
                HeadersJson.read(row.getString("headers")),
                Instant.ofEpochMilli(row.getLong("made_at")));
    }

    private static @Nullable String key(ResultSet row) throws SQLException {
        byte[] key = row.getBytes("message_key");
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(instant(row, column));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
