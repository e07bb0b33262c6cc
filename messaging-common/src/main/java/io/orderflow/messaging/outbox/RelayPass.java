package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageProducer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
 * What a relay does over and over: renews its leases, reads what waits in its partitions, sends it, deletes it.
 *
 * <p>Order: of each key, a relay sends a contiguous run that begins with the oldest row there is. So even if one that was
 * frozen sends late, beside its successor, each message arrives first in its place; repetitions have ids that have
 * been seen.
 *
 * <p>A topic that could not be sent to is tried again on a thread of its own: it may take a client's whole time-out to fail
 * again, and the other topics do not wait for that.
 */
final class RelayPass {

    /**
     * @param found whether anything was sent
     * @param more whether there is more than one pass carries
     * @param idle how long to wait if neither
     * @param looked how long the database took to tell what waits, sending it not counted
     */
    record Outcome(boolean found, boolean more, Duration idle, Duration looked) {}

    private record Look(Fence fence, List<WaitingRow> rows, boolean complete, long nextInMillis) {}

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** Often enough for a look to skip what has been deleted, and seldom enough to cost nothing. */
    private static final long OBSERVE_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    /** How late a delayed row may be noticed while others keep the relay busy. */
    private static final long DELAYED_EVERY_NANOS = Duration.ofMillis(20).toNanos();

    /** How soon it is noticed that a topic in trouble can be sent to again. */
    private static final Duration BESIDE_IDLE = Duration.ofMillis(20);

    /** Safety net: clears the low-water marks, for one read that passes over delayed rows and the remains of deleted ones. */
    private static final long FORGET_LOWS_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final RelayOptions options;
    private final MessageProducer<String, byte[]> producer;
    private final PinnedConnection database;
    private final Leases leases;
    private final WaitingRows waiting;
    private final Outages outages;
    private final RelayNotifications relayNotifications;
    private final LowWater lows = new LowWater();
    private final Map<String, Sending> beside = new HashMap<>();
    private int turn;
    private long observeAt = System.nanoTime();
    private long delayedAt = observeAt;
    private long forgetLowsAt = observeAt;

    RelayPass(
            DataSource dataSource,
            MessageProducer<String, byte[]> producer,
            RelayOptions options,
            Outages outages,
            RelayNotifications relayNotifications) {
        this.relayNotifications = relayNotifications;
        this.options = options;
        this.producer = producer;
        this.outages = outages;
        this.database = new PinnedConnection(dataSource);
        this.leases = new Leases(new ShortTransactions(dataSource), options.lease());
        this.waiting = new WaitingRows(options.maxBatchRows(), options.maxBatchBytes());
    }

    Outcome run() {
        Map<Short, Long> before = leases.fence().epochs();
        if (leases.keep()) {
            afterRenewal(before);
        }
        if (relayNotifications.anythingToTell()) {
            database.run(connection -> {
                relayNotifications.tell(connection);
                return null;
            });
        }
        boolean sent = settleWhatIsOver();
        if (leases.fence().epochs().isEmpty()) {
            return new Outcome(false, false, options.longestIdle(), Duration.ZERO);
        }
        long start = System.nanoTime();
        Look look = database.run(this::look);
        Duration looked = Duration.ofNanos(System.nanoTime() - start);
        for (var each : byTopic(look.rows()).entrySet()) {
            sent |= publish(each.getKey(), each.getValue(), look.fence());
        }
        Duration idle = beside.isEmpty() ? Duration.ofMillis(look.nextInMillis()) : BESIDE_IDLE;
        return new Outcome(sent, !look.complete(), idle, looked);
    }

    private void afterRenewal(Map<Short, Long> before) {
        Fence fence = leases.fence();
        Map<Short, Long> mine = fence.epochs();
        relayNotifications.mine(Partitions.bits(mine.keySet()));
        if (!before.keySet().equals(mine.keySet())) {
            log.info("This outbox relay sends from {} of {} partitions.", mine.size(), Partitions.COUNT);
        }
        mine.entrySet().stream() // another epoch: somebody else had it meanwhile, and may have released parked rows
                .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                .forEach(each -> lows.forget(each.getKey()));
        if (System.nanoTime() - forgetLowsAt > 0) {
            lows.clear();
            forgetLowsAt = System.nanoTime() + FORGET_LOWS_EVERY_NANOS;
        }
        database.run(connection -> ParkedRows.unpark(connection, fence)).forEach(lows::lower);
    }

    private Look look(Connection connection) throws SQLException {
        long now = System.nanoTime();
        Set<String> paused = new HashSet<>(outages.paused());
        paused.addAll(beside.keySet());
        Fence fence = leases.fence();
        Set<Short> partitions = fence.epochs().keySet();
        List<WaitingRow> rows = new ArrayList<>();
        long nextInMillis = options.longestIdle().toMillis();
        boolean withDelayed = now - delayedAt >= 0;
        if (withDelayed) {
            var delayed = waiting.delayed(connection, partitions, paused, nextInMillis);
            rows.addAll(delayed.due());
            nextInMillis = delayed.nextInMillis();
            delayedAt = now + (delayed.due().isEmpty() ? DELAYED_EVERY_NANOS : 0);
        }
        if (now - observeAt >= 0) {
            lows.observe(connection);
            observeAt = now + OBSERVE_EVERY_NANOS;
        }
        List<Short> order = new ArrayList<>(partitions);
        Collections.rotate(order, turn++); // a partition that is always full must not starve those behind it
        Map<Short, Long> from = new LinkedHashMap<>();
        order.forEach(partition -> from.put(partition, lows.of(partition)));
        var ready = waiting.ready(connection, fence, from, paused);
        boolean complete = !waiting.mayHaveMore(ready);
        if (paused.isEmpty()) {
            lows.raise(order, ready, complete);
        }
        for (WaitingRow row : ready) {
            if (row.held()) {
                ParkedRows.parkBehind(connection, row, fence);
            } else {
                rows.add(row);
            }
        }
        if (complete && withDelayed) {
            forgetOutages(rows, paused);
        }
        return new Look(fence, rows, complete, nextInMillis);
    }

    /** What waited for a topic that could not be used may have been sent by another relay meanwhile. */
    private void forgetOutages(List<WaitingRow> rows, Set<String> paused) {
        Set<String> waitedFor = new HashSet<>(paused);
        rows.forEach(row -> waitedFor.add(row.topic()));
        outages.keepOnly(waitedFor);
    }

    private static Map<String, List<WaitingRow>> byTopic(List<WaitingRow> rows) {
        Map<String, List<WaitingRow>> byTopic = new LinkedHashMap<>();
        rows.forEach(row ->
                byTopic.computeIfAbsent(row.topic(), topic -> new ArrayList<>()).add(row));
        return byTopic;
    }

    /** Whether anything came of it. */
    private boolean publish(String topic, List<WaitingRow> rows, Fence fence) {
        if (!leases.valid()) { // frozen, or held up by another topic: they may be another relay's by now
            return true;
        }
        Sending sending = new Sending(producer, topic, rows, fence);
        if (outages.has(topic)) {
            beside.put(topic, sending);
            sending.beside();
            return false;
        }
        sending.here();
        return settle(sending);
    }

    private boolean settleWhatIsOver() {
        boolean anything = false;
        for (Sending each : List.copyOf(beside.values())) {
            if (each.isOver()) {
                beside.remove(each.topic());
                anything |= settle(each);
            }
        }
        return anything;
    }

    /** Whether anything came of it. */
    private boolean settle(Sending sending) {
        Throwable failure = sending.failure();
        if (failure == null) {
            outages.works(sending.topic());
        } else {
            outages.failed(sending.topic(), failure);
        }
        Publishing publishing = sending.outcome();
        if (!publishing.sent().isEmpty() || !publishing.refused().isEmpty()) {
            database.run(connection -> {
                for (var each : publishing.refused().entrySet()) {
                    ParkedRows.park(connection, each.getKey(), each.getValue(), sending.fence());
                }
                SentRows.delete(connection, publishing.sent(), sending.fence());
                return null;
            });
            return true;
        }
        return false;
    }

    /** After a failure of the database nothing that was read before it counts. */
    void doubt() {
        leases.doubt();
        lows.reset();
        observeAt = System.nanoTime();
    }

    void close() {
        database.close();
        leases.close();
    }
}
