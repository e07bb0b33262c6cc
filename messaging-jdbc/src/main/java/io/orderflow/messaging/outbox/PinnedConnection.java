package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.ConnectionCallback;

/**
 * The connection that a relay keeps from round to round, with the query plans that its statements were written for. Each
 * statement is a transaction of its own: a round costs as many round trips as it has statements.
 *
 * <p>The statistics of a table whose rows come and go are always outdated, and PostgreSQL's own plan was 20 times slower after
 * 100,000 deleted rows: so only an index scan for each partition is left. A delete that a crash of the database undoes means
 * that a message is sent again, so commits need not wait for the disk.
 */
final class PinnedConnection implements AutoCloseable {

    private static final String PINNED = """
            ('enable_seqscan', 'off'), ('enable_bitmapscan', 'off'), ('enable_hashjoin', 'off'),
            ('enable_mergejoin', 'off'), ('jit', 'off'), ('plan_cache_mode', 'force_generic_plan'),
            ('synchronous_commit', 'off')
            """;
    private static final String PIN = """
            with before as materialized (
                select s.name, s.value, current_setting(s.name) as former from (values %s) as s(name, value))
            select string_agg(name || '=' || former, ',') from before where set_config(name, value, false) is not null
            """.formatted(PINNED);
    private static final String RESTORE = """
            select set_config(split_part(s, '=', 1), split_part(s, '=', 2), false)
            from unnest(string_to_array(?, ',')) as s
            """;

    private final DataSource dataSource;
    private @Nullable Connection connection;
    private String former = "";
    private boolean formerAutoCommit;

    PinnedConnection(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Opens the connection if there is none. A failure closes it, and the next call opens another. */
    <T> T run(ConnectionCallback<T> work) {
        try {
            return work.doInConnection(opened());
        } catch (SQLException e) {
            discard();
            throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            discard();
            throw e;
        }
    }

    private Connection opened() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = dataSource.getConnection();
            connection = open;
            formerAutoCommit = open.getAutoCommit();
            open.setAutoCommit(true);
            try (PreparedStatement pin = open.prepareStatement(PIN);
                    ResultSet settings = pin.executeQuery()) {
                settings.next();
                former = settings.getString(1);
            }
        }
        return open;
    }

    private void discard() {
        try {
            close();
        } catch (RuntimeException e) {
            // it was broken already
        }
    }

    /** Returns the connection with its former settings. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try (open) {
            try (PreparedStatement restore = open.prepareStatement(RESTORE)) {
                restore.setString(1, former);
                restore.execute();
                open.setAutoCommit(formerAutoCommit);
            } catch (SQLException e) {
                open.abort(Runnable::run); // never returned to the pool with the settings above
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(String.valueOf(e.getMessage()), e);
        }
    }
}
