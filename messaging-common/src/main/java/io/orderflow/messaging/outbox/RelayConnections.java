package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Short transactions of the relay's own, which never join one of the caller's. */
final class RelayConnections {

    /** What is done in a transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** The database did not do what the relay asked of it. */
    static final class DatabaseFailure extends RuntimeException {
        DatabaseFailure(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * The statistics of a table whose rows come and go are always out of date, and PostgreSQL's own choice was 20 times
     * slower after 100,000 deleted rows: so it gets no choice but an index scan for each partition. And a delete that a
     * crash of the database undoes has a message sent again, no more, so it need not wait for the disk.
     */
    private static final String PIN = """
            select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                   set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                   set_config('jit', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   set_config('synchronous_commit', 'off', true)
            """;

    private final DataSource dataSource;

    RelayConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** For what must not be lost. */
    <T> T durably(Work<T> work) {
        return run(work);
    }

    /** For statements on messaging_outbox, with the plans that they were written for. */
    <T> T pinned(Work<T> work) {
        return run(connection -> {
            try (PreparedStatement pin = connection.prepareStatement(PIN)) {
                pin.execute();
            }
            return work.in(connection);
        });
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                restore(connection, autoCommit);
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static void rollBack(Connection connection, Throwable because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // the connection is broken, and its pool finds that out
        }
    }
}
