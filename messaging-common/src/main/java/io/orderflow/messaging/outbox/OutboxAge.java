package io.orderflow.messaging.outbox;

import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How old the outbox's oldest row is that could be sent, fresh from the database: for decisions, not for gauges. */
public final class OutboxAge {

    /** In seconds; null if nothing waits. */
    static final String OLDEST = """
            extract(epoch from now() - least(
                (select min(first.created_at) from generate_series(0, 15) as l(partition)
                 cross join lateral (
                     select w.created_at from messaging_outbox w
                     where w.partition = l.partition and w.not_before is null and w.parked_at is null
                     order by w.partition, w.id limit 1) first),
                (select min(not_before) from messaging_outbox
                 where not_before <= now() and parked_at is null)))""";

    private final JdbcTemplate jdbc;

    public OutboxAge(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Zero if nothing waits. */
    public Duration oldest() {
        Double seconds = jdbc.queryForObject("select " + OLDEST, Double.class);
        return Duration.ofMillis(Math.max(0, Math.round(Objects.requireNonNullElse(seconds, 0.0) * 1000)));
    }
}
