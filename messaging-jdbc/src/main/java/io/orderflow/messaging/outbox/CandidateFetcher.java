package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Fetches the rows that may be sent now: each partition's rows from its low-water mark on, and delayed rows whose time has come.
 * Bounded in rows and bytes, so that a backlog of large messages fits into memory.
 */
final class CandidateFetcher {

    private static final String COLUMNS = """
            o.partition, o.id, o.topic, o.message_key, o.value, o.headers, o.made_at,
            coalesce(octet_length(o.value), 0) as bytes
            """;

    /** Fenced: another owner may have released parked rows below the low-water marks known here, and they go first. */
    private static final String READY = """
            select * from (
                select f.*, sum(f.bytes) over (rows unbounded preceding) - f.bytes as bytes_before
                from (
                    select %s, false as is_delayed,
                           (select exists (select from messaging_outbox where parked_at is not null)) and exists (select from messaging_outbox p
                                   where p.parked_at is not null and p.not_before is null and p.topic = o.topic
                                     and substring(p.message_key from 1 for 64) = substring(o.message_key from 1 for 64)
                                     and p.message_key = o.message_key) as blocked
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
     * "partition + 0" makes PostgreSQL use the index of delayed rows instead of the whole primary key. clock_timestamp() is
     * volatile and could not be a condition of that index.
     */
    private static final String DELAYED = """
            select r.*, greatest(0, extract(epoch from r.not_before - statement_timestamp()) * 1000)::bigint as due_in
            from (
                select %s, o.not_before, true as is_delayed, false as blocked,
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

    /**
     * @param complete whether these are all candidates
     * @param nextInMillis until the next delayed row is due, at most the longest idle time
     */
    record Fetched(List<WaitingRow> rows, boolean complete, boolean withDelayed, long nextInMillis) {}

    /** Often enough to skip deleted rows, and seldom enough to cost nothing. */
    private static final long OBSERVE_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    /** How late a delayed row may be noticed while others keep the relay busy. */
    private static final long DELAYED_EVERY_NANOS = Duration.ofMillis(20).toNanos();

    private final RelayOptions options;
    private final LowWater lows = new LowWater();
    private int turn;
    private long observeAt = System.nanoTime();
    private long delayedAt = observeAt;

    CandidateFetcher(RelayOptions options) {
        this.options = options;
    }

    /** The low-water marks, for the code that changes rows or leases. */
    LowWater lows() {
        return lows;
    }

    /** After a failure of the database nothing that was read before it is certain. */
    void reset() {
        lows.reset();
        observeAt = System.nanoTime();
    }

    /** Parks rows that are behind a parked row of their key, and returns the others. */
    Fetched fetch(Connection connection, Fence fence, Set<String> skippedTopics) throws SQLException {
        long now = System.nanoTime();
        Set<Short> partitions = fence.epochs().keySet();
        List<WaitingRow> rows = new ArrayList<>();
        long nextInMillis = options.longestIdle().toMillis();
        boolean withDelayed = now - delayedAt >= 0;
        if (withDelayed) {
            nextInMillis = fetchDelayed(connection, partitions, skippedTopics, rows);
            delayedAt = now + (rows.isEmpty() ? DELAYED_EVERY_NANOS : 0);
        }
        if (now - observeAt >= 0) {
            lows.observe(connection);
            observeAt = now + OBSERVE_EVERY_NANOS;
        }
        List<Short> order = new ArrayList<>(partitions);
        Collections.rotate(order, turn++); // a partition that is always full must not starve those behind it
        List<WaitingRow> ready = fetchReady(connection, fence, order, skippedTopics);
        boolean complete = ready.size() < options.maxBatchRows()
                && ready.stream().mapToLong(WaitingRow::bytes).sum() < options.maxBatchBytes();
        if (skippedTopics.isEmpty()) {
            lows.raise(order, ready, complete);
        }
        for (WaitingRow row : ready) {
            if (row.blocked()) {
                ParkedRows.parkBehind(connection, row, fence);
            } else {
                rows.add(row);
            }
        }
        return new Fetched(rows, complete, withDelayed, nextInMillis);
    }

    private List<WaitingRow> fetchReady(
            Connection connection, Fence fence, List<Short> partitions, Collection<String> skippedTopics)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(READY)) {
            fence.set(query, 1, partitions);
            query.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", partitions.stream().map(lows::of).toArray()));
            query.setArray(4, connection.createArrayOf("text", skippedTopics.toArray()));
            query.setInt(5, options.maxBatchRows());
            query.setObject(6, fence.owner());
            query.setInt(7, options.maxBatchRows());
            query.setLong(8, options.maxBatchBytes());
            List<WaitingRow> rows = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        }
    }

    /** Adds the rows that are due; returns the time until the next one is. */
    private long fetchDelayed(
            Connection connection, Collection<Short> partitions, Collection<String> skippedTopics, List<WaitingRow> due)
            throws SQLException {
        long millis = options.longestIdle().toMillis();
        try (PreparedStatement query = connection.prepareStatement(DELAYED)) {
            query.setArray(1, connection.createArrayOf("int2", partitions.toArray()));
            query.setArray(2, connection.createArrayOf("text", skippedTopics.toArray()));
            query.setLong(3, millis);
            query.setInt(4, options.maxBatchRows());
            query.setLong(5, options.maxBatchBytes());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    long dueIn = result.getLong("due_in");
                    if (dueIn > 0) {
                        return Math.min(dueIn, millis);
                    }
                    due.add(row(result));
                }
            }
            return millis;
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
                result.getBoolean("blocked"),
                result.getBoolean("is_delayed"));
    }
}
