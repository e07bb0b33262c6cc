package io.orderflow.messaging.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of an outbox that could be sent now. Safe for many threads. */
public final class OutboxBacklog {

    private static final Logger log = LoggerFactory.getLogger(OutboxBacklog.class);

    /** In seconds; null if there is none. */
    private static final String OLDEST = """
            extract(epoch from now() - least(
                (select min(first.created_at) from generate_series(0, 15) as l(partition)
                 cross join lateral (
                     select w.created_at from messaging_outbox w
                     where w.partition = l.partition and w.not_before is null and w.parked_at is null
                     order by w.partition, w.id limit 1) first),
                (select min(not_before) from messaging_outbox
                 where not_before <= now() and parked_at is null)))""";

    private static final String COUNT = """
            select (select count(*) from (
                        select from messaging_outbox where parked_at is null and not_before is null limit ?) r)
                 + (select count(*) from (
                        select from messaging_outbox where parked_at is null and not_before <= now() limit ?) d) as waiting,
                   (select count(*) from (
                        select from messaging_outbox where parked_at is not null limit ?) p) as parked,
                   """ + OLDEST + " as oldest";

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    private record Counted(long waiting, long parked, Duration oldest) {}

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private Counted counted = new Counted(0, 0, Duration.ZERO);
    private long countAt = System.nanoTime();

    public OutboxBacklog(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** The age of the oldest row, read from the database: for decisions, not for gauges. Zero if there is none. */
    public Duration oldest() {
        Double seconds = jdbc.queryForObject("select " + OLDEST, Double.class);
        return Duration.ofMillis(Math.max(0, Math.round(Objects.requireNonNullElse(seconds, 0.0) * 1000)));
    }

    /** Counts up to a limit and every few seconds at most, so that gauges cost an outbox nothing. */
    synchronized OutboxStatus status(@Nullable Instant failingSince, @Nullable Throwable cause) {
        long now = System.nanoTime();
        if (now - countAt >= 0) {
            count();
            long took = System.nanoTime() - now;
            countAt = now + Math.max(AT_MOST_EVERY.toNanos(), took * 20);
        }
        return new OutboxStatus(
                counted.waiting(),
                counted.oldest(),
                counted.parked(),
                failingSince,
                cause == null ? null : Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    }

    private void count() {
        try (PinnedConnection database = new PinnedConnection(dataSource)) {
            counted = database.run(connection -> {
                try (var query = connection.prepareStatement(COUNT)) {
                    for (int place = 1; place <= 3; place++) {
                        query.setInt(place, OutboxStatus.MOST_COUNTED);
                    }
                    try (var result = query.executeQuery()) {
                        result.next();
                        long oldest = Math.round(result.getDouble("oldest") * 1000);
                        return new Counted(
                                Math.min(result.getLong("waiting"), OutboxStatus.MOST_COUNTED),
                                result.getLong("parked"),
                                Duration.ofMillis(Math.max(0, oldest)));
                    }
                }
            });
        } catch (DataAccessException e) {
            log.debug("The outbox could not be counted; the last count stands.", e);
        }
    }
}
