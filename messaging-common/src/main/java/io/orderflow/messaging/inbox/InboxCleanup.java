package io.orderflow.messaging.inbox;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Forgets messages that were handled long ago. A message that comes again after that is handled again, so keep them
 * longer than any broker or person keeps a message that may be sent again. Of messages that have a dead letter in the
 * database, which may be redriven for as long as it is there, nothing is forgotten.
 *
 * <p>Run it now and then, in any number of instances; it deletes in small steps that hold nobody up.
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
            throw new IllegalArgumentException("An inbox that remembers for " + retention + " is none.");
        }
        this.jdbc = new JdbcTemplate(dataSource);
        this.retention = retention;
    }

    @Override
    public void run() {
        while (jdbc.update(DELETE, retention.toSeconds(), STEP) == STEP) {
            // on to the next step
        }
    }
}
