package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads what is to be sent. Bounded in rows and in bytes, so that a backlog of large messages fits into memory. */
final class WaitingRows {

    private static final String COLUMNS = """
            o.partition, o.id, o.topic, o.message_key, o.value, o.headers, o.made_at,
            coalesce(octet_length(o.value), 0) as bytes
            """;

    /** Fenced: what another owner has made ready again may be below the low-water marks known here, and goes out first. */
    private static final String READY = """
            select * from (
                select f.*, sum(f.bytes) over (rows unbounded preceding) - f.bytes as bytes_before
                from (
                    select %s, false as is_delayed,
                           (select exists (select from messaging_outbox where parked_at is not null)) and exists (select from messaging_outbox p
                                   where p.parked_at is not null and p.not_before is null and p.topic = o.topic
                                     and substring(p.message_key from 1 for 64) = substring(o.message_key from 1 for 64)
                                     and p.message_key = o.message_key) as held
                    from unnest(?::smallint[], ?::bigint[], ?::bigint[]) as l(partition, epoch, low)
                    cross join lateral (
                        select * from messaging_outbox w
                        where w.partition = l.partition and w.id >= l.low and w.not_before is null
                          and w.parked_at is null and w.topic <> all(?::text[])
                        order by w.partition, w.id limit ?) o
                    where l.epoch = (
                        select m.epoch from messaging_outbox_lease m where m.partition = l.partition and m.owner = ?)
                    limit ?) f) r
            where r.bytes_before < ?
            """.formatted(COLUMNS);

    /**
     * With partition + 0 only the index of delayed rows will do: the primary key's would be read from end to end. And
     * clock_timestamp() would be no condition of that index, because it is volatile: rows that are due later would all be read.
     */
    private static final String DELAYED = """
            select r.*, greatest(0, extract(epoch from r.not_before - statement_timestamp()) * 1000)::bigint as due_in
            from (
                select %s, o.not_before, true as is_delayed, false as held,
                       sum(coalesce(octet_length(o.value), 0)) over (order by o.not_before rows unbounded preceding)
                           - coalesce(octet_length(o.value), 0) as bytes_before
                from (
                    select * from messaging_outbox
                    where not_before is not null and parked_at is null and partition + 0 = any(?::smallint[])
                      and topic <> all(?::text[])
                      and not_before < statement_timestamp() + ? * interval '1 millisecond'
                    order by not_before limit ?) o) r
            where r.bytes_before < ?
            order by r.not_before
            """.formatted(COLUMNS);

    /** Rows whose time has come, and the time until the next one's will: at most as long as was asked for. */
    record Delayed(List<WaitingRow> due, long nextInMillis) {}

    private final int maxRows;
    private final long maxBytes;

    WaitingRows(int maxRows, long maxBytes) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    /** @param lows the partitions to read, in this order, and the id to begin at in each */
    List<WaitingRow> ready(Connection connection, Fence fence, Map<Short, Long> lows, Collection<String> withoutTopics)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(READY)) {
            fence.set(query, 1, lows.keySet());
            query.setArray(3, connection.createArrayOf("int8", lows.values().toArray()));
            query.setArray(4, connection.createArrayOf("text", withoutTopics.toArray()));
            query.setInt(5, maxRows);
            query.setObject(6, fence.owner());
            query.setInt(7, maxRows);
            query.setLong(8, maxBytes);
            List<WaitingRow> rows = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        }
    }

    /** Whether a limit may have cut some off. */
    boolean mayHaveMore(List<WaitingRow> ready) {
        return ready.size() == maxRows
                || ready.stream().mapToLong(WaitingRow::bytes).sum() >= maxBytes;
    }

    Delayed delayed(Connection connection, Collection<Short> partitions, Collection<String> withoutTopics, long millis)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(DELAYED)) {
            query.setArray(1, connection.createArrayOf("int2", partitions.toArray()));
            query.setArray(2, connection.createArrayOf("text", withoutTopics.toArray()));
            query.setLong(3, millis);
            query.setInt(4, maxRows);
            query.setLong(5, maxBytes);
            List<WaitingRow> due = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    long dueIn = result.getLong("due_in");
                    if (dueIn > 0) {
                        return new Delayed(due, Math.min(dueIn, millis));
                    }
                    due.add(row(result));
                }
            }
            return new Delayed(due, millis);
        }
    }

    private static WaitingRow row(ResultSet result) throws SQLException {
        byte[] key = result.getBytes("message_key");
        Message<String, byte[]> message = new Message<>(
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                result.getBytes("value"),
                HeadersJson.read(result.getString("headers")),
                Instant.ofEpochMilli(result.getLong("made_at")));
        return new WaitingRow(
                result.getShort("partition"),
                result.getLong("id"),
                result.getString("topic"),
                message,
                result.getBoolean("held"),
                result.getBoolean("is_delayed"));
    }
}
