package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
            """.formatted(WaitingRow.COLUMNS);

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
    private final DelayedRows delayed;
    private final LowWater lows = new LowWater();
    private int turn;
    private long observeAt = System.nanoTime();
    private long delayedAt = observeAt;

    CandidateFetcher(RelayOptions options) {
        this.options = options;
        this.delayed = new DelayedRows(options);
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
            nextInMillis = delayed.fetch(connection, fence, skippedTopics, rows);
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
                    rows.add(WaitingRow.of(result));
                }
            }
            return rows;
        }
    }
}
