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
 * The ids below which each partition is certainly empty: a read that begins there does not scan the remains of deleted rows.
 *
 * <p>It is not a cursor. Ids are drawn before their transactions commit, so a lower one may appear later. The mark passes a candidate,
 * the last id that the sequence had returned, only when every transaction that drew an id up to it has ended:
 *
 * <ol>
 *   <li>A transaction that has drawn such an id had its own transaction id before ({@link OutboxInsert}); the top-level one, also
 *       where it drew within a savepoint.
 *   <li>The sequence is read, and a statement <em>later</em> this relay draws a transaction id X of its own. PostgreSQL assigns them in
 *       order, so all those of step 1 are below X. They have 64 bits and never wrap around.
 *   <li>A transaction is in the list of running ones, of which snapshots are taken, from before any higher transaction id is assigned
 *       until after its outcome is visible; a prepared one across restarts, too. So the xmin of a snapshot taken after step 2 is at
 *       most as high as each transaction id below X that still runs.
 *   <li>When that xmin has reached X, no transaction of step 1 runs any more, and each later snapshot sees what they committed. The rows
 *       are read in such a later statement.
 * </ol>
 *
 * Xmax would not do in X's place: it is one above the latest transaction that has <em>ended</em>, and a running one may be higher. X costs
 * a commit record that is not waited for; none is drawn while the sequence does not advance.
 *
 * <p>A crash or a failover of the database may set the sequence back. It also breaks the relay's connection, and every failure calls
 * {@link #reset}.
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

    /** Reads the sequence and the oldest running transaction. Each statement commits, and the rows are read after it. */
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
     * Records what was read after the last {@link #observe}.
     *
     * @param rows the ready rows of these partitions, or the first of them
     * @param complete whether these are all
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

    /** A row with this id is ready again. */
    void lower(short partition, long id) {
        lows.merge(partition, id, Math::min);
    }

    /** Resets the mark of one partition. */
    void forget(short partition) {
        lows.remove(partition);
    }

    /** Resets the marks; the next read begins with the oldest row of each partition. */
    void clear() {
        lows.clear();
    }

    /** Resets everything. */
    void reset() {
        lows.clear();
        drawn = 0;
        settled = 0;
        candidate = UNKNOWN;
    }
}
