package io.orderflow.messaging.outbox;

import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions in which the relay's statements run with the plans that they were written for: an index scan for each
 * partition. The statistics of a table whose rows come and go are always out of date, and PostgreSQL's own choice was
 * 20 times slower after 100,000 deleted rows.
 */
final class PinnedPlan {

    private static final String SETTINGS = """
            select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                   set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   set_config('synchronous_commit', 'off', true)
            """;

    private static final int TIMEOUT_SECONDS = 30;

    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;

    PinnedPlan(DataSource dataSource) {
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
    }

    /** What is committed here may be undone by a crash of the database: sent rows come back, and are sent again. */
    <T> T run(ConnectionCallback<T> work) {
        return transaction.execute(status -> jdbc.execute((ConnectionCallback<T>) connection -> {
            try (PreparedStatement settings = connection.prepareStatement(SETTINGS)) {
                settings.execute();
            }
            return work.doInConnection(connection);
        }));
    }
}
