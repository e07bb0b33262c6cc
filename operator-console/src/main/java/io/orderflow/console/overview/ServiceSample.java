package io.orderflow.console.overview;

import io.orderflow.console.services.Health;
import java.time.Instant;
import java.util.List;

/**
 * What a service reported at a time.
 *
 * @param handled messages handled since its start
 * @param published messages published since its start
 * @param deadLetters dead letters that await an operator
 * @param outboxRows messages that are not sent yet
 * @param oldestAge age of the oldest of them, in seconds
 * @param parked messages that the broker rejected
 * @param missing messages that were published and that its groups neither handled nor have
 * @param backlogs of its groups
 */
public record ServiceSample(
        Instant at,
        Health health,
        double handled,
        double published,
        long deadLetters,
        long outboxRows,
        double oldestAge,
        long parked,
        long missing,
        List<Backlog> backlogs) {

    /** The backlog of a group of a topic. */
    public record Backlog(String topic, String group, long messages) {}

    static ServiceSample of(Instant at, Health health, PrometheusText metrics) {
        return new ServiceSample(
                at,
                health,
                metrics.sum("messaging_handled_total"),
                metrics.sum("messaging_published_total"),
                (long) metrics.sum("messaging_dead_letters_unresolved"),
                (long) metrics.sum("messaging_outbox_rows"),
                metrics.max("messaging_outbox_oldest_age_seconds"),
                (long) metrics.sum("messaging_outbox_parked"),
                (long) metrics.sum("messaging_conservation_missing"),
                metrics.lines("messaging_group_backlog")
                        .map(line -> new Backlog(line.label("topic"), line.label("group"), (long) line.value()))
                        .toList());
    }

    public long backlog() {
        return backlogs.stream().mapToLong(Backlog::messages).sum();
    }
}
