package io.orderflow.messaging.replay;

import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.database.StorableText;
import io.orderflow.messaging.runtime.Replayer;
import io.orderflow.messaging.runtime.Replays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replays: started and cancelled here, run by {@link ReplayWorker}. Safe for many threads. */
public final class ReplayJobs {

    /** Computed by the database's clock, which also began and ended the run. */
    static final String PER_SECOND = """
            coalesce(floor(handled / nullif(extract(epoch from coalesce(ended_at, now()) - running_since), 0)), 0) as per_second
            """;

    private static final String INSERT = """
            insert into messaging_replay (id, topic, consumer_group, from_time, from_position, state, started_by, total, truncated)
            values (?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?)
            """;
    private static final String SELECT = "select *, " + PER_SECOND + " from messaging_replay ";
    private static final String CANCEL = """
            update messaging_replay set state = 'CANCELLED', ended_by = ?, ended_at = now() where id = ? and state = 'RUNNING'
            """;

    private final JdbcClient jdbc;
    private final Replays replays;
    private final Runnable afterStart;

    /** @param afterStart called after each start of a job; wakes the worker */
    public ReplayJobs(DataSource dataSource, Replays replays, Runnable afterStart) {
        this.jdbc = JdbcClient.create(dataSource);
        this.replays = replays;
        this.afterStart = afterStart;
    }

    /**
     * Starts a replay.
     *
     * @throws IllegalStateException if one of this subscription is running
     * @throws RuntimeException as {@link Replays#open}; then nothing was started
     */
    public ReplayJob start(String topic, String group, HistoryStart start, String who) {
        UUID id = UUID.randomUUID();
        try (Replayer checked = replays.open(topic, group, start, group)) {
            Instant from = start.time();
            jdbc.sql(INSERT)
                    .params(
                            id,
                            topic,
                            group,
                            from == null ? null : Timestamp.from(from),
                            start.position(),
                            StorableText.of(who),
                            checked.size(),
                            checked.isTruncated())
                    .update();
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException(
                    "A replay of '" + topic + "' for group '" + group
                            + "' is running; nothing was started. Wait until it has ended, or cancel it.",
                    e);
        }
        afterStart.run();
        return find(id).orElseThrow();
    }

    public Optional<ReplayJob> find(UUID id) {
        return jdbc.sql(SELECT + "where id = ?")
                .param(id)
                .query(ReplayJobs::job)
                .optional();
    }

    /** The jobs started last, the latest first. */
    public List<ReplayJob> latest(int number) {
        return jdbc.sql(SELECT + "order by started_at desc limit ?")
                .param(number)
                .query(ReplayJobs::job)
                .list();
    }

    /** Cancels a job; what it has handled stays. False if it is not running. */
    public boolean cancel(UUID id, String who) {
        return jdbc.sql(CANCEL).params(StorableText.of(who), id).update() == 1;
    }

    static ReplayJob job(ResultSet row, int number) throws SQLException {
        return new ReplayJob(
                row.getObject("id", UUID.class),
                row.getString("topic"),
                row.getString("consumer_group"),
                instant(row, "from_time"),
                row.getString("from_position"),
                ReplayJob.State.valueOf(row.getString("state")),
                row.getString("started_by"),
                Objects.requireNonNull(instant(row, "started_at")),
                row.getString("ended_by"),
                instant(row, "ended_at"),
                row.getString("note"),
                row.getLong("total"),
                row.getLong("handled"),
                row.getLong("failed"),
                instant(row, "first_message_at"),
                row.getBoolean("truncated"),
                row.getLong("per_second"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
