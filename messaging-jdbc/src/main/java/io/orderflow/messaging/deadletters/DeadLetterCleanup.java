package io.orderflow.messaging.deadletters;

import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes dead letters that were redriven or discarded long ago, with their history, and jobs that ended long ago. */
public final class DeadLetterCleanup implements Runnable {

    public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(DeadLetterCleanup.class);
    private static final int BATCH = 1_000;

    private static final String DELETE_DEAD_LETTERS = """
            delete from messaging_dead_letter where id in (
                select id from messaging_dead_letter
                where state <> 'WAITING' and changed_at < now() - ? * interval '1 second'
                limit ? for update skip locked)
            """;
    private static final String DELETE_JOBS =
            "delete from messaging_redrive where ended_at < now() - ? * interval '1 second'";

    private final JdbcClient jdbc;
    private final Duration retention;

    public DeadLetterCleanup(DataSource dataSource, Duration retention) {
        this.jdbc = JdbcClient.create(dataSource);
        this.retention = retention;
    }

    /** Deletes in batches, each in a transaction of its own. */
    @Override
    public void run() {
        int deleted = 0;
        int some;
        do {
            some = jdbc.sql(DELETE_DEAD_LETTERS)
                    .params(retention.toSeconds(), BATCH)
                    .update();
            deleted += some;
        } while (some == BATCH);
        jdbc.sql(DELETE_JOBS).params(retention.toSeconds()).update();
        if (deleted > 0) {
            log.info("{} dead letter(s) deleted that were resolved at least {} days ago", deleted, retention.toDays());
        }
    }
}
