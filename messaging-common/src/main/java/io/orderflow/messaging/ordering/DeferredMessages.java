package io.orderflow.messaging.ordering;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.outbox.HeadersJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of parked messages. Whoever calls has locked the key's row, and is in a transaction. */
final class DeferredMessages {

    /**
     * A parked message, ready to be handled.
     *
     * @param position its place in the order
     * @param message what was parked, as it came
     */
    record Parked(long position, Identified message) {}

    private static final String PARK = """
            insert into messaging_parked_message (consumer_group, topic, key_name, source, message_id, digest,
                                                  from_topic, message_key, value, headers, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?)
            on conflict (consumer_group, topic, source, message_id, digest) do nothing
            """;

    /** Only of a key that waits for people, and only by the message that it waits for. */
    private static final String REDRIVE = """
            with first as (
                select position, source, message_id, digest from messaging_parked_message
                where consumer_group = ? and topic = ? and key_name = ? order by position limit 1),
            due as (
                update messaging_held_key k set due_at = clock_timestamp(), awaiting_operator_since = null
                from first
                where k.consumer_group = ? and k.topic = ? and k.key_name = ? and k.due_at is null
                  and first.source = ? and first.message_id = ? and (first.digest is null or first.digest = ?)
                returning first.position)
            update messaging_parked_message p set from_topic = ?, value = ?, headers = ?::json
            from due where p.position = due.position
            """;

    private static final String FIRST = """
            select position, source, message_id, from_topic, message_key, value, headers, made_at
            from messaging_parked_message where consumer_group = ? and topic = ? and key_name = ?
            order by position limit 1
            """;

    private final JdbcTemplate jdbc;
    private final Inbox inbox;

    DeferredMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.inbox = new JdbcInbox(jdbc);
    }

    /** At the end of its key's order; nothing if it is there already, or was handled. */
    void park(Subscription subscription, Identified message) {
        if (isRedriven(subscription, message) || isHandled(subscription, message)) {
            return;
        }
        Message<String, byte[]> parked = message.delivery().message();
        jdbc.update(
                PARK,
                subscription.group(),
                subscription.topic(),
                message.keyName(),
                message.id().source(),
                message.id().id(),
                message.entry().content().bytes(),
                message.delivery().topic(),
                message.key(),
                parked.value(),
                HeadersJson.write(named(parked, message.id().id()).headers()),
                parked.timestamp().toEpochMilli());
    }

    private boolean isRedriven(Subscription subscription, Identified message) {
        String group = subscription.group();
        String topic = subscription.topic();
        byte[] key = message.keyName();
        Message<String, byte[]> redriven = message.delivery().message();
        return message.delivery().topic().equals(subscription.retryTopic())
                && jdbc.update(
                                REDRIVE,
                                group,
                                topic,
                                key,
                                group,
                                topic,
                                key,
                                message.id().source(),
                                message.id().id(),
                                message.entry().content().bytes(),
                                subscription.retryTopic(),
                                redriven.value(),
                                HeadersJson.write(redriven.headers()))
                        > 0;
    }

    boolean isHandled(Subscription subscription, Identified message) {
        return inbox.isHandled(subscription.group(), subscription.topic(), message.entry());
    }

    /** The first of a key; null if nothing is parked behind it any more. */
    @Nullable
    Parked first(Subscription subscription, byte[] keyName) {
        List<Parked> first =
                jdbc.query(FIRST, (row, number) -> parked(row), subscription.group(), subscription.topic(), keyName);
        return first.isEmpty() ? null : first.get(0);
    }

    /** It is done; whoever sends it again finds it in the inbox, even where its handler keeps none. */
    void removeHandled(Subscription subscription, Parked parked) {
        inbox.note(
                subscription.group(),
                subscription.topic(),
                List.of(parked.message().entry()));
        remove(parked);
    }

    /** It is dead-lettered; a redrive of it is handled. */
    void remove(Parked parked) {
        jdbc.update("delete from messaging_parked_message where position = ?", parked.position());
    }

    void failedAgain(Subscription subscription, Parked parked, Message<String, byte[]> message) {
        jdbc.update(
                "update messaging_parked_message set from_topic = ?, headers = ?::json where position = ?",
                subscription.retryTopic(),
                HeadersJson.write(message.headers()),
                parked.position());
    }

    private static Parked parked(ResultSet row) throws SQLException {
        long position = row.getLong("position");
        Message<String, byte[]> message = new Message<>(
                new String(row.getBytes("message_key"), StandardCharsets.UTF_8),
                row.getBytes("value"),
                HeadersJson.read(row.getString("headers")),
                Instant.ofEpochMilli(row.getLong("made_at")));
        return new Parked(
                position,
                new Identified(
                        new MessageId(row.getString("source"), row.getString("message_id")),
                        new Delivery<>(row.getString("from_topic"), message, "parked-" + position)));
    }

    /** A message that came without an id was identified by its position, among others, which it has left. */
    private static Message<String, byte[]> named(Message<String, byte[]> message, String id) {
        String stated = message.header(Headers.ID);
        return stated == null || stated.isBlank() ? message.withHeader(Headers.ID, id) : message;
    }
}
