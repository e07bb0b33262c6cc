package io.orderflow.messaging.sequence;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts the gaps that have been open for longer than a grace, and says each of them once in the log, whichever instance
 * finds it. Forgets keys of which nothing has been heard for the retention, gaps included.
 *
 * <p>Run it now and then, in any number of instances.
 */
public final class SequenceGaps implements Runnable {

    /** Longer than a message waits for its retries by default. */
    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);

    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    private static final Logger log = LoggerFactory.getLogger(SequenceGaps.class);

    private static final int TOLD_AT_A_TIME = 20;
    private static final int STEP = 5_000;

    private static final String TELL = """
            update messaging_sequence set gap_told = true
            where (consumer_group, topic, source, message_key) in (
                select consumer_group, topic, source, message_key from messaging_sequence
                where gap_since < now() - ? * interval '1 ms' and not gap_told
                order by gap_since limit ? for update skip locked)
            returning consumer_group || ' on ' || topic || ': of ' || message_key || ' (' || source || ')',
                int8multirange(int8range(1, upper(seen))) - seen
            """;

    private static final String COUNT =
            "select count(*) from messaging_sequence where gap_since < now() - ? * interval '1 ms'";

    private static final String FORGET = """
            delete from messaging_sequence where (consumer_group, topic, source, message_key) in (
                select consumer_group, topic, source, message_key from messaging_sequence
                where updated_at < now() - ? * interval '1 ms' limit ? for update skip locked)
            """;

    private final JdbcTemplate jdbc;
    private final Duration grace;
    private final Duration retention;
    private volatile long open;

    public SequenceGaps(DataSource dataSource, Duration grace, Duration retention) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("A grace of " + grace + " would be over before it begins.");
        }
        if (retention.compareTo(grace) <= 0) {
            throw new IllegalArgumentException("Sequences that are forgotten after " + retention + " show no gap after "
                    + grace + "; remember them for longer.");
        }
        this.jdbc = new JdbcTemplate(dataSource);
        this.grace = grace;
        this.retention = retention;
    }

    @Override
    public void run() {
        while (jdbc.update(FORGET, retention.toMillis(), STEP) == STEP) {
            // on to the next step
        }
        List<String> found = jdbc.query(
                TELL,
                (row, number) -> row.getString(1) + " events " + row.getString(2),
                grace.toMillis(),
                TOLD_AT_A_TIME);
        found.forEach(gap -> log.warn(
                "{} have not been handled, though later ones have. They are lost, or are among the group's retries or"
                        + " dead letters; redrive those. If they are lost, repair by hand what they were to do.",
                gap));
        Long count = jdbc.queryForObject(COUNT, Long.class, grace.toMillis());
        open = count == null ? 0 : count;
    }

    /** How many keys had gaps when this was last run. */
    public long open() {
        return open;
    }
}
