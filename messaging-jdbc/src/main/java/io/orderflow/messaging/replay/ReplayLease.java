package io.orderflow.messaging.replay;

import io.orderflow.messaging.database.StorableText;
import io.orderflow.messaging.runtime.Replayer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The replay that this instance works on, leased by the database's clock. Another worker claims it once the lease has expired; the
 * epoch fences off the former one.
 */
final class ReplayLease {

    static final Duration LENGTH = Duration.ofSeconds(15);

    private static final String CLAIM = """
            update messaging_replay
            set owner = :owner, epoch = epoch + 1, lease_until = now() + :millis * interval '1 millisecond',
                handled = 0, failed = 0, running_since = now()
            where id = (select id from messaging_replay where state = 'RUNNING' and lease_until < now()
                        order by started_at limit 1 for update skip locked)
            returning *,\s""" + ReplayJobs.PER_SECOND;
    private static final String ANNOUNCE = """
            update messaging_replay set announced = true where id = ? and epoch = ? and state = 'RUNNING' and not announced
            """;
    private static final String REPORT = """
            update messaging_replay
            set lease_until = now() + :millis * interval '1 millisecond', total = :total, truncated = :truncated,
                handled = :handled, failed = :failed, first_message_at = :first, note = :note
            where id = :id and epoch = :epoch and state = 'RUNNING'
            """;
    private static final String END = """
            update messaging_replay set state = ?, note = coalesce(?, note), total = handled, ended_at = now()
            where id = ? and epoch = ? and state = 'RUNNING'
            """;
    private static final String RELEASE =
            "update messaging_replay set owner = null, lease_until = '-infinity' where id = ? and epoch = ?";

    /** A job that is leased to this instance. */
    record Leased(ReplayJob job, long epoch) {}

    private final JdbcClient jdbc;
    private final UUID owner = UUID.randomUUID();

    ReplayLease(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Leases a running job without a valid lease. */
    Optional<Leased> claim() {
        return jdbc.sql(CLAIM)
                .param("owner", owner)
                .param("millis", LENGTH.toMillis())
                .query((row, number) -> new Leased(ReplayJobs.job(row, number), row.getLong("epoch")))
                .optional();
    }

    /** Whether the current transaction is the one that announces the start of the job. */
    boolean announces(Leased leased) {
        return jdbc.sql(ANNOUNCE).params(leased.job().id(), leased.epoch()).update() == 1;
    }

    /** Records progress and renews the lease; false if the job was cancelled, or is leased to another instance. */
    boolean report(Leased leased, Replayer progress) {
        Instant first = progress.earliest();
        String failure = progress.firstFailure();
        return jdbc.sql(REPORT)
                        .param("millis", LENGTH.toMillis())
                        .param("total", progress.size())
                        .param("truncated", progress.isTruncated())
                        .param("handled", progress.handled())
                        .param("failed", progress.failed())
                        .param("first", first == null ? null : Timestamp.from(first))
                        .param("note", failure == null ? null : StorableText.of(failure))
                        .param("id", leased.job().id())
                        .param("epoch", leased.epoch())
                        .update()
                == 1;
    }

    void end(Leased leased, ReplayJob.State state, @Nullable String note) {
        String stored = note == null ? null : StorableText.of(note);
        jdbc.sql(END)
                .params(state.name(), stored, leased.job().id(), leased.epoch())
                .update();
    }

    void release(Leased leased) {
        jdbc.sql(RELEASE).params(leased.job().id(), leased.epoch()).update();
    }
}
