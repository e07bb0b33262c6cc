package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.database.StorableText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Redrives of many dead letters: started and cancelled here, run by {@link RedriveWorker}. Safe for many threads. */
public final class RedriveJobs {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String START = """
            insert into messaging_redrive (id, filter, first_of_all, dry_run, per_second, stop_on_failure, state, started_by,
                ended_at, matched, refused, up_to)
            select :jobId, :filter::json, :first, :dryRun, :perSecond, :stopOnFailure, :jobState, :who,
                   case when :dryRun then now() end, count(*),
                   count(*) filter (where :dryRun and (redriven >= :max or possibly_handled)), coalesce(max(id), 0)
            from (select id, redriven, possibly_handled from messaging_dead_letter where %s order by id limit :first) selected
            """;
    private static final String SELECT = """
            select j.*, (select count(*) from messaging_dead_letter d
                         where d.job = j.id and d.state <> 'REDRIVEN') as failed_again
            from messaging_redrive j
            """;
    private static final String CANCEL = """
            update messaging_redrive set state = 'CANCELLED', ended_by = ?, ended_at = now()
            where id = ? and state = 'RUNNING'
            """;

    private final JdbcClient jdbc;
    private final int maxRedrives;
    private final Runnable afterStart;

    /**
     * @param maxRedrives see {@link Redriving}
     * @param afterStart called after each start of a job; wakes the worker
     */
    public RedriveJobs(DataSource dataSource, int maxRedrives, Runnable afterStart) {
        this.jdbc = JdbcClient.create(dataSource);
        this.maxRedrives = maxRedrives;
        this.afterStart = afterStart;
    }

    /** Starts a job; a dry run only counts. Dead letters that are collected later are not included. */
    public RedriveJob start(RedriveOrder order, String who) {
        UUID id = UUID.randomUUID();
        FilterSql where = FilterSql.of(order.filter());
        RedriveJob.State state = order.dryRun() ? RedriveJob.State.COMPLETED : RedriveJob.State.RUNNING;
        jdbc.sql(START.formatted(where.condition()))
                .params(where.parameters())
                .param("jobId", id)
                .param("filter", JSON.writeValueAsString(order.filter()))
                .param("first", order.first(), Types.INTEGER)
                .param("dryRun", order.dryRun())
                .param("perSecond", order.perSecond())
                .param("stopOnFailure", order.stopOnFailure())
                .param("jobState", state.name())
                .param("who", StorableText.of(who))
                .param("max", maxRedrives)
                .update();
        afterStart.run();
        return find(id).orElseThrow();
    }

    public Optional<RedriveJob> find(UUID id) {
        return jdbc.sql(SELECT + "where j.id = ?")
                .param(id)
                .query(RedriveJobs::job)
                .optional();
    }

    /** The jobs started last, the latest first. */
    public List<RedriveJob> latest(int number) {
        return jdbc.sql(SELECT + "order by j.started_at desc limit ?")
                .param(number)
                .query(RedriveJobs::job)
                .list();
    }

    /** Cancels a job; what it has redriven stays redriven. False if it is not running. */
    public boolean cancel(UUID id, String who) {
        return jdbc.sql(CANCEL).params(StorableText.of(who), id).update() == 1;
    }

    static RedriveJob job(ResultSet row, int number) throws SQLException {
        return new RedriveJob(
                row.getObject("id", UUID.class),
                new RedriveOrder(
                        JSON.readValue(row.getString("filter"), DeadLetterFilter.class),
                        row.getObject("first_of_all", Integer.class),
                        row.getBoolean("dry_run"),
                        row.getInt("per_second"),
                        row.getBoolean("stop_on_failure")),
                RedriveJob.State.valueOf(row.getString("state")),
                row.getString("started_by"),
                Rows.required(row, "started_at"),
                row.getString("ended_by"),
                Rows.instant(row, "ended_at"),
                row.getString("note"),
                row.getInt("matched"),
                row.getInt("redriven"),
                row.getInt("refused"),
                row.getInt("failed_again"));
    }
}
