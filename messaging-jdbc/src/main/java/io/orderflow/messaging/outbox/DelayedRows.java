package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Fetches the delayed rows whose time has come, and claims those of them that are scheduled. */
final class DelayedRows {

    /**
     * "partition + 0" makes PostgreSQL use the index of delayed rows instead of the whole primary key. clock_timestamp() is
     * volatile and could not be a condition of that index.
     */
    private static final String DELAYED = """
            select r.*, greatest(0, extract(epoch from r.not_before - statement_timestamp()) * 1000)::bigint as due_in
            from (
                select %s, o.not_before, true as is_delayed, false as blocked, %s as unclaimed,
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
            """.formatted(WaitingRow.COLUMNS, ScheduledRows.UNCLAIMED);

    /**
     * Returns the rows as they are now: they may have been replaced since they were read. A row that is locked, because a
     * transaction replaces or cancels it, is left to a later round. The commit is durable, unlike the others of this
     * connection: a claim that a crash undid could be followed by a cancellation, although the message was sent.
     */
    private static final String CLAIM = """
            with durable as materialized (select set_config('synchronous_commit', 'on', true)),
            due as materialized (
                select o.partition, o.id from unnest(?::smallint[], ?::bigint[], ?::bigint[]) as d(partition, epoch, id)
                join messaging_outbox_lease l on l.partition = d.partition and l.owner = ? and l.epoch = d.epoch
                join messaging_outbox o on o.partition = d.partition and o.id = d.id
                where %s and o.not_before <= statement_timestamp()
                for update of o skip locked)
            update messaging_outbox o set claimed_at = clock_timestamp()
            from due, durable where o.partition = due.partition and o.id = due.id
            returning %s, true as is_delayed, false as blocked
            """.formatted(ScheduledRows.UNCLAIMED, WaitingRow.COLUMNS);

    private final RelayOptions options;

    DelayedRows(RelayOptions options) {
        this.options = options;
    }

    /**
     * Adds the rows that are due.
     *
     * @return milliseconds until the next one is, at most the longest idle time
     */
    long fetch(Connection connection, Fence fence, Collection<String> skippedTopics, List<WaitingRow> due)
            throws SQLException {
        List<WaitingRow> unclaimed = new ArrayList<>();
        long next = options.longestIdle().toMillis();
        try (PreparedStatement query = connection.prepareStatement(DELAYED)) {
            query.setArray(
                    1, connection.createArrayOf("int2", fence.epochs().keySet().toArray()));
            query.setArray(2, connection.createArrayOf("text", skippedTopics.toArray()));
            query.setLong(3, next);
            query.setInt(4, options.maxBatchRows());
            query.setLong(5, options.maxBatchBytes());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    long dueIn = result.getLong("due_in");
                    if (dueIn > 0) {
                        next = Math.min(dueIn, next);
                        break;
                    }
                    (result.getBoolean("unclaimed") ? unclaimed : due).add(WaitingRow.of(result));
                }
            }
        }
        if (!unclaimed.isEmpty()) {
            claim(connection, fence, unclaimed, due);
        }
        return next;
    }

    private static void claim(Connection connection, Fence fence, List<WaitingRow> rows, List<WaitingRow> claimed)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
            fence.set(update, 1, rows.stream().map(WaitingRow::partition).toList());
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", rows.stream().map(WaitingRow::id).toArray()));
            update.setObject(4, fence.owner());
            try (ResultSet result = update.executeQuery()) {
                while (result.next()) {
                    claimed.add(WaitingRow.of(result));
                }
            }
        }
    }
}
