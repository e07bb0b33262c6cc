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
 * Below which id a partition is certainly empty: a read that begins there does not wade through the remains of deleted
 * rows.
 *
 * <p>It is no cursor. Ids are drawn before their transactions commit, so a lower one may show up later. The mark passes a
 * candidate, the last id that the sequence had given out, only when every transaction that drew an id up to it has ended:
 *
 * <ol>
 *   <li>A transaction that has drawn such an id had its own transaction id before ({@link OutboxInsert}); the top-level
 *       one, also where it drew within a savepoint.
 *   <li>The sequence is read, and a statement <em>later</em> this relay draws a transaction id X of its own. PostgreSQL
 *       hands them out in order, and so all those of step 1 are below X. They are of 64 bits and never wrap around.
 *   <li>A transaction stands in the list of running ones, which snapshots are taken of, from before any higher transaction
 *       id is handed out until after its outcome can be seen; a prepared one, across restarts too. So the xmin of a snapshot
 *       that is taken after step 2 is at most as high as each transaction id below X that still runs. (The snapshot leaves
 *       out those at or above its xmax, but its xmin is never above that.)
 *   <li>When that xmin has reached X, nobody of step 1 runs any more, and each later snapshot sees whatever they
 *       committed. The rows are read in such a later statement.
 * </ol>
 *
 * Xmax would not do in X's place: it is one above the latest transaction that has <em>ended</em>, and a running one may be
 * higher. X costs a commit record that nobody waits for; none is drawn while the sequence stands still.
 *
 * <p>A crash or a failover of the database may set the sequence back. It also ends the relay's connection, and whoever
 * notices a failure calls {@link #reset}.
 */
final class LowWater {

    private static final String LAST_DRAWN = """
            select case when is_called then last_value else 0 end,
                   pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            from messaging_outbox_id_seq
            """;

    private static final String OWN_TRANSACTION = "select pg_current_xact_id()::text::bigint";

    private static final long UNKNOWN = -1;

    private final Map<Short, Long> lows = new HashMap<>();
    private long drawn;
    private long candidate = UNKNOWN;
    private long drawnBefore;
    private long settled;

    /** Reads how far the sequence and the transactions are; each statement commits, and the rows are read after it. */
    void observe(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST_DRAWN);
                ResultSet result = query.executeQuery()) {
            result.next();
            advance(result.getLong(1), result.getLong(2));
        }
        if (candidate == UNKNOWN && drawn > settled) {
            try (PreparedStatement query = connection.prepareStatement(OWN_TRANSACTION);
                    ResultSet result = query.executeQuery()) {
                result.next();
                candidate = drawn;
                drawnBefore = result.getLong(1);
            }
        }
    }

    private void advance(long lastDrawn, long oldestRunning) {
        if (lastDrawn < drawn) { // set back
            reset();
        }
        drawn = lastDrawn;
        if (candidate != UNKNOWN && oldestRunning >= drawnBefore) {
            settled = candidate;
            candidate = UNKNOWN;
        }
    }

    long of(short partition) {
        return lows.getOrDefault(partition, 0L);
    }

    /**
     * Takes note of what was read, after the last {@link #observe}.
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

    /** The next read begins with the oldest row of each partition; how far the transactions are stays known. */
    void clear() {
        lows.clear();
    }

    /** Nothing is known any more. */
    void reset() {
        lows.clear();
        drawn = 0;
        settled = 0;
        candidate = UNKNOWN;
    }
}
