package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs redrive jobs, one at a time and step by step. A step redrives some dead letters and records the job's progress in the
 * same transaction: an interrupted job continues from there, on this instance or another. For one thread.
 */
public final class RedriveWorker implements LoopBody {

    /** How long a stop may wait for the step that is running. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    static final Duration IDLE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(RedriveWorker.class);
    private static final int MAX_STEP = 100;

    private static final String FAILED_AGAIN = """
            select id from messaging_dead_letter where job = ? and state <> 'REDRIVEN' order by last_failure limit 1
            """;
    private static final String RECORD_PROGRESS = """
            update messaging_redrive set last_id = :lastId, redriven = redriven + :redriven, refused = refused + :refused
            where id = :id
            """;
    private static final String END = "update messaging_redrive set state = ?, note = ?, ended_at = now() where id = ?";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Redriving redriving;
    private final RedriveLease lease;
    private final LongSupplier nanoTime;
    private RedriveLease.@Nullable Leased leased;
    private @Nullable RateLimiter rate;

    /** @param nanoTime for the rate, as {@link System#nanoTime()}; leases run by the database's clock */
    public RedriveWorker(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Redriving redriving,
            LongSupplier nanoTime) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.redriving = redriving;
        this.lease = new RedriveLease(dataSource);
        this.nanoTime = nanoTime;
    }

    @Override
    public Round run(LoopControl loop) {
        return Round.after(step());
    }

    /** Keeps the current job: the next step continues it. */
    @Override
    public void reset() {}

    /**
     * Runs one step, as far as the job's rate permlimiter.
     *
     * @return when the next step is due
     */
    public Duration step() {
        if (leased == null) {
            Optional<RedriveLease.Leased> claimed = lease.claim();
            if (claimed.isEmpty()) {
                return IDLE;
            }
            leased = claimed.get();
            rate = new RateLimiter(leased.job().order().perSecond(), nanoTime);
            log.info(
                    "Redrive job {}: continued here, {} of {} done",
                    leased.job().id(),
                    leased.job().redriven(),
                    leased.job().matched());
        }
        RedriveLease.Leased job = leased;
        RateLimiter limiter = Objects.requireNonNull(rate);
        int permits = Math.min(limiter.permits(), MAX_STEP);
        if (permits > 0) {
            if (!Boolean.TRUE.equals(transaction.execute(status -> redrive(job, permits, limiter)))) {
                leased = null;
                return Duration.ZERO;
            }
        }
        return limiter.untilNext();
    }

    /** Releases the current job, so that another instance need not wait until the lease expires. */
    @Override
    public void close() {
        if (leased != null) {
            lease.release(leased);
            leased = null;
        }
    }

    /** Whether the job continues. */
    private boolean redrive(RedriveLease.Leased job, int number, RateLimiter limiter) {
        Optional<RedriveLease.Rest> rest = lease.renew(job);
        if (rest.isEmpty()) {
            log.info(
                    "Redrive job {}: has ended, or is leased to another instance",
                    job.job().id());
            return false;
        }
        Optional<Long> failed = job.job().order().stopOnFailure()
                ? jdbc.sql(FAILED_AGAIN).param(job.job().id()).query(Long.class).optional()
                : Optional.empty();
        if (failed.isPresent()) {
            return end(job, RedriveJob.State.STOPPED, "Dead letter " + failed.get() + " failed again.");
        }
        Integer first = job.job().order().first(); // a dead letter that failed again may match now, too
        int limit = first == null
                ? number
                : Math.min(number, Math.max(0, first - rest.get().done()));
        List<Long> ids = next(job, rest.get(), limit);
        int redriven = 0;
        for (long id : ids) {
            redriven += redriving.redriveInTransaction(
                                    id, job.job().startedBy(), job.job().id())
                            == Decision.DONE
                    ? 1
                    : 0;
        }
        limiter.used(redriven);
        if (!ids.isEmpty()) {
            jdbc.sql(RECORD_PROGRESS)
                    .param("lastId", ids.get(ids.size() - 1))
                    .param("redriven", redriven)
                    .param("refused", ids.size() - redriven)
                    .param("id", job.job().id())
                    .update();
        }
        return ids.size() == number || end(job, RedriveJob.State.COMPLETED, null);
    }

    private List<Long> next(RedriveLease.Leased job, RedriveLease.Rest rest, int number) {
        FilterSql where = FilterSql.of(job.job().order().filter());
        return jdbc.sql("select id from messaging_dead_letter where " + where.condition()
                        + " and id > :lastId and id <= :upTo order by id limit :number for update")
                .params(where.parameters())
                .param("lastId", rest.lastId())
                .param("upTo", rest.upTo())
                .param("number", number)
                .query(Long.class)
                .list();
    }

    private boolean end(RedriveLease.Leased job, RedriveJob.State state, @Nullable String note) {
        jdbc.sql(END).params(state.name(), note, job.job().id()).update();
        log.info("Redrive job {}: {}{}", job.job().id(), state, note == null ? "" : ", because " + note);
        return false;
    }
}
