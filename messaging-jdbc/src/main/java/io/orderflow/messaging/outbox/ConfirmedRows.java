package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the rows that the broker has confirmed, and counts their messages by topic, source and {@link IdSlot} in the same statement:
 * a message that is sent again after a crash is counted once. Retries and dead letters are not counted: they were published before.
 */
final class ConfirmedRows {

    /** Fenced: deletes nothing in a partition whose lease has another owner or epoch by now. Ordered, so that two relays never deadlock. */
    private static final String DELETE = """
            with confirmed as (
                delete from messaging_outbox o
                using unnest(?::smallint[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[]) as d(partition, epoch, id, source, slot)
                join messaging_outbox_lease l on l.partition = d.partition and l.owner = ? and l.epoch = d.epoch
                where o.partition = d.partition and o.id = d.id
                returning o.topic, d.source, d.slot)
            insert into messaging_published as p (topic, source, slot, messages)
            select topic, source, slot, count(*) from confirmed where slot is not null
            group by topic, source, slot order by topic, source, slot
            on conflict (topic, source, slot) do update
            set messages = p.messages + excluded.messages, updated_at = excluded.updated_at
            """;

    private ConfirmedRows() {}

    static void delete(Connection connection, List<WaitingRow> rows, Fence fence) throws SQLException {
        Long[] ids = new Long[rows.size()];
        String[] sources = new String[rows.size()];
        Long[] slots = new Long[rows.size()];
        for (int i = 0; i < ids.length; i++) {
            WaitingRow row = rows.get(i);
            MessageId message = MessageId.of(new Delivery<>(row.topic(), row.message(), ""));
            ids[i] = row.id();
            sources[i] = message.source();
            slots[i] = slot(row, message);
        }
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            fence.set(delete, 1, rows.stream().map(WaitingRow::partition).toList());
            delete.setArray(3, connection.createArrayOf("int8", ids));
            delete.setArray(4, connection.createArrayOf("text", sources));
            delete.setArray(5, connection.createArrayOf("int8", slots));
            delete.setObject(6, fence.owner());
            delete.executeUpdate();
        }
    }

    private static @Nullable Long slot(WaitingRow row, MessageId message) {
        Topic topic = Topic.named(row.topic());
        return topic.isRetries() || topic.isDeadLetters()
                ? null
                : IdSlot.of(message.id()).map(IdSlot::seconds).orElse(null);
    }
}
