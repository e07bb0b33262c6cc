package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round of a relay: renew the leases, fetch candidates, publish them, delete the confirmed ones.
 *
 * <p>Order: of each key, a relay sends a contiguous run that begins with the oldest row. So even if a relay that was frozen
 * sends late, beside its successor, the first delivery of each message is in order; repetitions have known ids.
 *
 * <p>A topic that could not be sent to is retried on a thread of its own: a retry may take a client's whole time-out, and other
 * topics must not wait for it.
 */
final class RelayPass implements LoopBody {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final Duration FIRST_IDLE = Duration.ofMillis(20);

    /** With many writers, what they commit in so short a time is sent in one batch. */
    private static final Duration GATHER = Duration.ofMillis(1);

    /** How soon it is noticed that an asynchronous batch is done. */
    private static final Duration ASYNC_IDLE = Duration.ofMillis(20);

    /** Safety net: resets the cached low-water marks. */
    private static final long CLEAR_LOWS_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final RelayOptions options;
    private final MessageProducer<String, byte[]> producer;
    private final PinnedConnection database;
    private final Leases leases;
    private final CandidateFetcher candidates;
    private final TopicOutages outages;
    private final RelayNotifications notifications;
    private final Map<String, TopicBatch> async = new HashMap<>();
    private Duration idle = FIRST_IDLE;
    private long clearLowsAt = System.nanoTime();

    RelayPass(
            DataSource dataSource,
            MessageProducer<String, byte[]> producer,
            RelayOptions options,
            TopicOutages outages,
            RelayNotifications notifications) {
        this.notifications = notifications;
        this.options = options;
        this.producer = producer;
        this.outages = outages;
        this.database = new PinnedConnection(dataSource);
        this.leases = new Leases(dataSource, options.lease());
        this.candidates = new CandidateFetcher(options);
    }

    @Override
    public Round run(LoopControl loop) throws InterruptedException {
        keepLeases();
        if (notifications.pending()) {
            database.run(notifications::send);
        }
        boolean worked = completeAsync();
        Fence fence = leases.fence();
        if (fence.epochs().isEmpty()) {
            return worked ? Round.next() : idle(loop, options.longestIdle(), Duration.ZERO);
        }
        long start = System.nanoTime();
        Set<String> skipped = new HashSet<>(outages.backingOff());
        skipped.addAll(async.keySet());
        var fetched = database.run(connection -> candidates.fetch(connection, fence, skipped));
        Duration fetching = Duration.ofNanos(System.nanoTime() - start);
        Map<String, List<WaitingRow>> byTopic = byTopic(fetched.rows());
        if (fetched.complete()
                && fetched.withDelayed()) { // another relay may have sent the rows of a topic that failed here
            skipped.addAll(byTopic.keySet());
            outages.keepOnly(skipped);
        }
        for (var each : byTopic.entrySet()) {
            worked |= publish(each.getKey(), each.getValue(), fence);
        }
        if (!worked) {
            return idle(loop, async.isEmpty() ? Duration.ofMillis(fetched.nextInMillis()) : ASYNC_IDLE, fetching);
        }
        idle = FIRST_IDLE;
        if (fetched.complete()) {
            loop.sleep(GATHER);
        }
        return Round.next();
    }

    /**
     * While a topic cannot be sent to, a fetch may have to skip a large backlog: then a commit does not wake the relay, and it
     * polls just often enough to keep its leases.
     */
    private Round idle(LoopControl loop, Duration atMost, Duration fetching) throws InterruptedException {
        Duration wait = shorter(idle, atMost);
        idle = shorter(idle.multipliedBy(2), options.longestIdle());
        if (!outages.any()) {
            return Round.after(wait);
        }
        Duration seldom = shorter(fetching.multipliedBy(10), Leases.renewedAfter(options.lease()));
        loop.sleep(wait.compareTo(seldom) < 0 ? seldom : wait);
        return Round.next();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void keepLeases() {
        Map<Short, Long> before = leases.fence().epochs();
        if (!leases.keep()) {
            return;
        }
        Fence fence = leases.fence();
        Map<Short, Long> mine = fence.epochs();
        notifications.mine(Partitions.bits(mine.keySet()));
        if (!before.keySet().equals(mine.keySet())) {
            log.info("This outbox relay sends from {} of {} partitions.", mine.size(), Partitions.COUNT);
        }
        mine.entrySet().stream() // another epoch: another relay had it meanwhile, and may have released parked rows
                .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                .forEach(each -> candidates.lows().forget(each.getKey()));
        if (System.nanoTime() - clearLowsAt > 0) {
            candidates.lows().clear();
            clearLowsAt = System.nanoTime() + CLEAR_LOWS_EVERY_NANOS;
        }
        database.run(connection -> ParkedRows.unpark(connection, fence)).forEach(candidates.lows()::lower);
    }

    private static Map<String, List<WaitingRow>> byTopic(List<WaitingRow> rows) {
        Map<String, List<WaitingRow>> byTopic = new LinkedHashMap<>();
        rows.forEach(row ->
                byTopic.computeIfAbsent(row.topic(), topic -> new ArrayList<>()).add(row));
        return byTopic;
    }

    /** Whether the next round should follow at once. */
    private boolean publish(String topic, List<WaitingRow> rows, Fence fence) {
        if (!leases.valid()) { // frozen, or delayed by another topic: the rows may be another relay's by now
            return true;
        }
        TopicBatch batch = new TopicBatch(topic, rows, fence);
        if (outages.has(topic)) {
            async.put(topic, batch);
            batch.sendAsync(producer);
            return false;
        }
        batch.send(producer);
        return complete(batch);
    }

    private boolean completeAsync() {
        boolean worked = false;
        for (TopicBatch each : List.copyOf(async.values())) {
            if (each.isDone()) {
                async.remove(each.topic());
                worked |= complete(each);
            }
        }
        return worked;
    }

    /** Deletes confirmed rows and parks rejected ones; whether there were any. */
    private boolean complete(TopicBatch batch) {
        Throwable failure = batch.failure();
        if (failure == null) {
            outages.recovered(batch.topic());
        } else {
            outages.failed(batch.topic(), failure);
        }
        if (batch.confirmed().isEmpty() && batch.rejected().isEmpty()) {
            return false;
        }
        database.run(connection -> {
            for (var each : batch.rejected().entrySet()) {
                ParkedRows.park(connection, each.getKey(), each.getValue(), batch.fence());
            }
            ConfirmedRows.delete(connection, batch.confirmed(), batch.fence());
            return true;
        });
        return true;
    }

    @Override
    public void reset() {
        leases.expire();
        candidates.reset();
    }

    @Override
    public void close() {
        try {
            database.close();
            leases.close();
        } catch (RuntimeException e) {
            log.info(
                    "The outbox relay could not release its partitions ({}); other relays take them in {} s.",
                    e.getMessage(),
                    options.lease().toSeconds());
        }
    }
}
