package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Below which id a partition is certainly empty: looking from there on does not wade through the remains of deleted
 * rows.
 *
 * <p>It is no cursor. Ids are drawn before their transactions commit, so a lower one may show up later. A point in the
 * sequence is passed only when all transactions that were under way when it was read have ended. That is sure because a
 * transaction draws its own id before those of its rows ({@link OutboxInsert}), and two looks are needed: the first reads
 * the sequence, the next one's snapshot then includes whoever drew from it.
 */
final class LowWater {

    private static final String HORIZON = """
            select case when is_called then last_value else 0 end,
                   pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                   pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            from messaging_outbox_id_seq
            """;

    private static final long UNKNOWN = -1;

    private final Map<Short, Long> lows = new HashMap<>();
    private long drawn;
    private long lastOpen = UNKNOWN;
    private long candidate = UNKNOWN;
    private long settled;

    /** Reads where the sequence is and which transactions are under way; the rows must be read after it. */
    void observe(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HORIZON);
                ResultSet result = query.executeQuery()) {
            result.next();
            observe(result.getLong(1), result.getLong(2), result.getLong(3));
        }
    }

    void observe(long lastDrawn, long oldestOpen, long nextTransaction) {
        if (lastDrawn < drawn) { // a crash of the database has set the sequence back
            reset();
        }
        drawn = lastDrawn;
        if (candidate != UNKNOWN && lastOpen == UNKNOWN) {
            lastOpen = nextTransaction;
        } else if (candidate != UNKNOWN && oldestOpen >= lastOpen) {
            settled = candidate;
            candidate = UNKNOWN;
        }
        if (candidate == UNKNOWN) {
            candidate = lastDrawn;
            lastOpen = UNKNOWN;
        }
    }

    long of(short partition) {
        return lows.getOrDefault(partition, 0L);
    }

    /**
     * Takes note of what a look has found.
     *
     * @param rows all that is ready in these partitions, or the beginning of it
     * @param complete whether it was all
     */
    void raise(Collection<Short> partitions, List<WaitingRow> rows, boolean complete) {
        Map<Short, Long> first = new HashMap<>();
        rows.forEach(row -> first.merge(row.partition(), row.id(), Math::min));
        for (short partition : partitions) {
            Long id = first.get(partition);
            if (id != null || complete) {
                long empty = id == null ? settled + 1 : Math.min(settled + 1, id);
                lows.merge(partition, empty, Math::max);
            }
        }
    }

    /** There is a row again. */
    void lower(short partition, long id) {
        lows.merge(partition, id, Math::min);
    }

    /** Nothing is known of this partition. */
    void forget(short partition) {
        lows.remove(partition);
    }

    /** Nothing is known any more. */
    void reset() {
        lows.clear();
        drawn = 0;
        settled = 0;
        candidate = UNKNOWN;
        lastOpen = UNKNOWN;
    }
}
