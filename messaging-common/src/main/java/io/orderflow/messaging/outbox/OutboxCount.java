package io.orderflow.messaging.outbox;

import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts rows, bounded and seldom, so that being watched costs an outbox nothing. */
final class OutboxCount {

    private static final Logger log = LoggerFactory.getLogger(OutboxCount.class);

    private static final String COUNT = """
            select (select count(*) from (
                        select from messaging_outbox where parked_at is null and not_before is null limit ?) r)
                 + (select count(*) from (
                        select from messaging_outbox where parked_at is null and not_before <= now() limit ?) d) as waiting,
                   (select count(*) from (
                        select from messaging_outbox where parked_at is not null limit ?) p) as parked,
                   """ + OutboxAge.OLDEST + " as oldest";

    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    private record Counted(long waiting, long parked, Duration oldest) {}

    private final DataSource dataSource;
    private Counted counted = new Counted(0, 0, Duration.ZERO);
    private long countAt = System.nanoTime();

    OutboxCount(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    synchronized OutboxStatus status(Outages.@Nullable Outage database, Outages.@Nullable Outage topic) {
        long now = System.nanoTime();
        if (now - countAt >= 0) {
            count();
            long took = System.nanoTime() - now;
            countAt = now + Math.max(AT_MOST_EVERY.toNanos(), took * 20);
        }
        Outages.Outage outage = database != null ? database : topic;
        return new OutboxStatus(
                counted.waiting(),
                counted.oldest(),
                counted.parked(),
                outage == null ? null : outage.since(),
                outage == null ? null : outage.reason());
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
        } catch (ShortTransactions.DatabaseFailure e) {
            log.debug("The outbox could not be counted; the last count stands.", e);
        }
    }
}
