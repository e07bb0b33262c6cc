package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A redriven message.
 *
 * @param topic the retry topic of its group
 * @param message as it was before it failed, with the id of the redrive
 */
record Redriven(String topic, Message<String, byte[]> message) {

    /** The headers that a failure adds. */
    private static final List<String> FAILURE_HEADERS = List.of(
            Headers.ATTEMPTS,
            Headers.FIRST_FAILURE,
            Headers.ORIGIN_TOPIC,
            Headers.ORIGIN_GROUP,
            Headers.ORIGIN_POSITION,
            Headers.DEAD_LETTER_REASON,
            Headers.DEAD_LETTER_CAUSE,
            Headers.DEAD_LETTER_PLACE,
            Headers.DEAD_LETTERED_AT);

    static Redriven of(ResultSet row, int number) throws SQLException {
        Message<String, byte[]> kept = Rows.message(row, number);
        Message<String, byte[]> message =
                kept.withoutHeaders(FAILURE_HEADERS).withHeaders(Map.of(Headers.REDRIVE, row.getString("redrive")));
        String id = kept.header(Headers.ID);
        return new Redriven(
                Topic.retryOf(row.getString("topic"), row.getString("consumer_group")),
                id == null || id.isBlank() ? message.withHeader(Headers.ID, row.getString("message_id")) : message);
    }
}
