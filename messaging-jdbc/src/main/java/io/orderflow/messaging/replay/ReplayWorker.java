package io.orderflow.messaging.replay;

import io.orderflow.messaging.NoHistoryException;
import io.orderflow.messaging.events.ReplayStarted;
import io.orderflow.messaging.runtime.Replayer;
import io.orderflow.messaging.runtime.Replays;
import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs replays, one at a time. A run that was interrupted, by a crash or an outage, is repeated from the start of the replay, here
 * or on another instance, and up to the end at that time; the inbox skips what was handled. For one thread, but for {@link #stop}.
 */
public final class ReplayWorker implements LoopBody {

    /** How long a stop may wait for the messages that are being handled. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final long REPORT_NANOS = Duration.ofMillis(500).toNanos();

    private static final Logger log = LoggerFactory.getLogger(ReplayWorker.class);

    /** A replay while it runs here. */
    private record Run(ReplayLease.Leased leased, Replayer replayer) {}

    /** The job was cancelled, or is leased to another instance. */
    private static final class EndedElsewhereException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Replays replays;
    private final ReplayLease lease;
    private final TransactionTemplate transaction;
    private final Consumer<ReplayStarted> listeners;
    private volatile @Nullable Run current;
    private long nextReport = System.nanoTime();

    /** @param listeners called in a transaction before the first message of a replay */
    public ReplayWorker(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Replays replays,
            Consumer<ReplayStarted> listeners) {
        this.replays = replays;
        this.lease = new ReplayLease(dataSource);
        this.transaction = new TransactionTemplate(transactions);
        this.listeners = listeners;
    }

    @Override
    public Round run(LoopControl loop) throws Exception {
        Run run = current;
        if (run == null) {
            Optional<ReplayLease.Leased> claimed = lease.claim();
            if (claimed.isEmpty()) {
                return Round.after(IDLE);
            }
            begin(claimed.get());
            return Round.next();
        }
        try {
            boolean more = run.replayer().next(() -> report(run));
            loop.progress();
            if (!more || System.nanoTime() - nextReport >= 0) {
                report(run);
            }
            if (!more) {
                complete(run);
            }
        } catch (EndedElsewhereException e) {
            log.info(
                    "Replay {}: was cancelled, or is leased to another instance",
                    run.leased().job().id());
            drop();
        } catch (InterruptedException e) {
            if (!loop.isStopping()) {
                throw e;
            }
        }
        return Round.next();
    }

    private void begin(ReplayLease.Leased leased) {
        ReplayJob job = leased.job();
        Replayer replayer;
        try {
            replayer = replays.open(job.topic(), job.group(), job.start(), job.into());
        } catch (IllegalArgumentException | NoHistoryException e) {
            log.warn("Replay {}: cannot begin: {}", job.id(), e.getMessage());
            lease.end(leased, ReplayJob.State.FAILED, e.getMessage());
            return;
        }
        current = new Run(leased, replayer);
        transaction.executeWithoutResult(status -> {
            if (lease.announces(leased)) {
                listeners.accept(new ReplayStarted(job.id(), job.topic(), job.group()));
            }
        });
        log.info(
                "Replay {}: {} message(s) of topic {} from {} go to {}",
                job.id(),
                replayer.size(),
                job.topic(),
                job.start(),
                job.into());
    }

    private void report(Run run) {
        if (!lease.report(run.leased(), run.replayer())) {
            throw new EndedElsewhereException();
        }
        nextReport = System.nanoTime() + REPORT_NANOS;
    }

    private void complete(Run run) {
        lease.end(run.leased(), ReplayJob.State.COMPLETED, null);
        log.info(
                "Replay {}: completed, {} message(s) handled, of which {} failed",
                run.leased().job().id(),
                run.replayer().handled(),
                run.replayer().failed());
        drop();
    }

    private void drop() {
        Run run = current;
        current = null;
        if (run != null) {
            run.replayer().close();
        }
    }

    /** Interrupts the handler, because the application stops. */
    public void stop() {
        Run run = current;
        if (run != null) {
            run.replayer().stop();
        }
    }

    /** Releases the current job; the next round, or another instance, repeats it. */
    @Override
    public void reset() {
        Run run = current;
        drop();
        if (run != null) {
            lease.release(run.leased());
        }
    }
}
