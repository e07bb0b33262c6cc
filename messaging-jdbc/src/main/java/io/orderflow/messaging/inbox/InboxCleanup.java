package io.orderflow.messaging.inbox;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes inbox rows after the retention. A message that is delivered again after that is handled again, so the retention must be
 * longer than a broker or an operator may keep a message. Rows of messages with a dead letter in the database are kept.
 *
 * <p>Run it periodically, in any number of instances; it deletes in small steps.
 */
public final class InboxCleanup implements Runnable {

    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    private static final int STEP = 5_000;

    private static final String DELETE = """
            delete from messaging_inbox where (consumer_group, topic, source, message_id) in (
                select consumer_group, topic, source, message_id from messaging_inbox i
                where handled_at < now() - ? * interval '1 second'
                  and not exists (select from messaging_dead_letter d
                                  where d.consumer_group = i.consumer_group and d.message_id = i.message_id)
                limit ? for update skip locked)
            """;

    private final JdbcTemplate jdbc;
    private final Duration retention;

    public InboxCleanup(DataSource dataSource, Duration retention) {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("messaging.inbox.retention must be positive, not " + retention + ".");
        }
        this.jdbc = new JdbcTemplate(dataSource);
        this.retention = retention;
    }

    @Override
    public void run() {
        while (jdbc.update(DELETE, retention.toSeconds(), STEP) == STEP) {
            // next step
        }
    }
}
