package io.orderflow.messaging.sequence;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts the gaps that have been open for longer than a grace, and logs each of them once, whichever instance finds it. A
 * gap of a key without any event for the gap retention is closed unfilled. The numbers themselves are kept much longer: a
 * key that goes on after its row was removed would look as if all its earlier events were missing.
 *
 * <p>Run it periodically, in any number of instances.
 */
public final class SequenceGaps implements Runnable {

    /** Longer than a message waits for its retries by default. */
    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);

    public static final Duration DEFAULT_GAP_RETENTION = Duration.ofDays(7);

    /** Longer than any key is quiet before it goes on after all. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(365);

    private static final Logger log = LoggerFactory.getLogger(SequenceGaps.class);

    private static final int REPORTED_AT_A_TIME = 20;
    private static final int STEP = 5_000;

    private static final String REPORT = """
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

    private static final String CLOSE = """
            update messaging_sequence
            set seen = int8multirange(int8range(1, upper(seen))), gap_since = null, gap_told = false
            where (consumer_group, topic, source, message_key) in (
                select consumer_group, topic, source, message_key from messaging_sequence
                where gap_since is not null and updated_at < now() - ? * interval '1 ms' limit ? for update skip locked)
            """;

    private static final String REMOVE = """
            delete from messaging_sequence where (consumer_group, topic, source, message_key) in (
                select consumer_group, topic, source, message_key from messaging_sequence
                where updated_at < now() - ? * interval '1 ms' limit ? for update skip locked)
            """;

    private final JdbcTemplate jdbc;
    private final Duration grace;
    private final Duration gapRetention;
    private final Duration retention;
    private volatile long open;

    /**
     * @param grace how long a gap may be open before it is counted and logged
     * @param gapRetention how long a key is without an event before its gaps are closed
     * @param retention how long a key is without an event before its numbers are removed
     */
    public SequenceGaps(DataSource dataSource, Duration grace, Duration gapRetention, Duration retention) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("messaging.sequences.grace must not be negative, but is " + grace + ".");
        }
        if (gapRetention.compareTo(grace) <= 0) {
            throw new IllegalArgumentException("Gaps that are closed after " + gapRetention
                    + " are never counted after " + grace + "; keep them open for longer.");
        }
        if (retention.compareTo(gapRetention) < 0) {
            throw new IllegalArgumentException("Sequences that are removed after " + retention
                    + " have no gaps that are open for " + gapRetention + "; keep them for longer.");
        }
        this.jdbc = new JdbcTemplate(dataSource);
        this.grace = grace;
        this.gapRetention = gapRetention;
        this.retention = retention;
    }

    @Override
    public void run() {
        inSteps(REMOVE, retention);
        inSteps(CLOSE, gapRetention);
        List<String> found = jdbc.query(
                REPORT,
                (row, number) -> row.getString(1) + " events " + row.getString(2),
                grace.toMillis(),
                REPORTED_AT_A_TIME);
        found.forEach(gap -> log.warn(
                "{} have not been handled, though later ones have. They were lost, or are among the group's retries or"
                        + " dead letters: redrive those, and repair the effects of lost events manually.",
                gap));
        Long count = jdbc.queryForObject(COUNT, Long.class, grace.toMillis());
        open = count == null ? 0 : count;
    }

    private void inSteps(String sql, Duration quietFor) {
        while (jdbc.update(sql, quietFor.toMillis(), STEP) == STEP) {
            // next step
        }
    }

    /** How many keys had gaps when this was last run. */
    public long open() {
        return open;
    }
}
