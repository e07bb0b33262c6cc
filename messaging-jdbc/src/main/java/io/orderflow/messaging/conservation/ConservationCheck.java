package io.orderflow.messaging.conservation;

import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.conservation.SlotCounts.Settled;
import io.orderflow.messaging.conservation.SlotCounts.Waiting;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.IdSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what was published with what the application's groups have of it. Changes nothing.
 *
 * <p>While a group has a backlog, as many messages may be missing unnoticed. A message that is moved between broker and database at the
 * moment of a check may seem to be missing: only what is missing in two checks in a row is lost.
 */
public final class ConservationCheck {

    private static final Duration VALID = Duration.ofMinutes(5);

    private record CheckedSlot(Subscription group, String source, IdSlot slot) {}

    /**
     * The result of a check.
     *
     * @param lasting what was missing in the check before, too
     */
    private record Missing(long messages, long lasting, long at) {}

    private final JdbcClient jdbc;
    private final SlotCounts counts;
    private final List<Subscription> groups;
    private final Function<Subscription, GroupBacklog> backlog;
    private final Duration inboxRetention;

    /** Slots whose messages have all been handled, which is final. */
    private final Map<CheckedSlot, Long> complete = new HashMap<>();

    private final Map<Subscription, Missing> missing = new ConcurrentHashMap<>();

    /**
     * @param groups those of this application
     * @param backlog the backlog of a group, with its retries and dead letters
     * @param inboxRetention messages that are older are not compared
     */
    public ConservationCheck(
            DataSource dataSource,
            Collection<Subscription> groups,
            Function<Subscription, GroupBacklog> backlog,
            Duration inboxRetention) {
        this.jdbc = JdbcClient.create(dataSource);
        this.counts = new SlotCounts(dataSource);
        this.groups = groups.stream().filter(Subscription::hasDeadLetters).toList();
        this.backlog = backlog;
        this.inboxRetention = inboxRetention;
    }

    /** The groups that are compared. */
    public List<Subscription> groups() {
        return groups;
    }

    /** Records since when each group exists; to be called when the application starts. */
    public void start() {
        groups.forEach(each -> jdbc.sql(
                        "insert into messaging_group_start (topic, consumer_group) values (?, ?) on conflict do nothing")
                .params(each.topic(), each.group())
                .update());
    }

    /**
     * The balance of each group.
     *
     * @param published what all applications have published to the topics of this one
     */
    public synchronized List<GroupBalance> check(List<Published> published) {
        Set<CheckedSlot> compared = new HashSet<>();
        List<GroupBalance> balances = new ArrayList<>();
        for (Subscription each : groups) {
            GroupBalance balance = balance(each, published, compared);
            balances.add(balance);
            record(each, balance);
        }
        complete.keySet().retainAll(compared);
        return balances;
    }

    /** The number of messages that were missing in the last two checks; NaN if there was none lately, or it had no result. */
    public double missing(Subscription group) {
        Missing last = missing.get(group);
        return last == null || System.nanoTime() - last.at() > VALID.toNanos() ? Double.NaN : last.lasting();
    }

    private void record(Subscription group, GroupBalance balance) {
        if (balance.unchecked() == null) {
            missing.merge(
                    group,
                    new Missing(balance.missing(), 0, System.nanoTime()),
                    (before, now) ->
                            new Missing(now.messages(), Math.min(before.messages(), now.messages()), now.at()));
        } else {
            missing.remove(group);
        }
    }

    private GroupBalance balance(Subscription group, List<Published> published, Set<CheckedSlot> compared) {
        if (!group.options().filter().isNone()) {
            return GroupBalance.unchecked(
                    group.topic(), group.group(), "It has a filter, and what it does not accept is not counted.");
        }
        Instant since = since(group);
        Balance balance = new Balance();
        for (Published each : published) {
            if (each.topic().equals(group.topic())) {
                Map<IdSlot, Long> slots = slots(each, since);
                slots.keySet().forEach(slot -> compared.add(new CheckedSlot(group, each.source(), slot)));
                add(group, each.source(), slots, balance);
            }
        }
        try {
            return balance.of(
                    group,
                    balance.needsBacklog() ? backlog.apply(group) : GroupBacklog.total(group.group(), List.of()));
        } catch (MessagingException e) {
            return balance.unchecked(group, "Its backlog is not known: " + e.getMessage());
        }
    }

    /** Messages from before this time may never have been sent to the group, or its inbox may have deleted them. */
    private Instant since(Subscription group) {
        return jdbc.sql("""
                        select greatest(started_at, now() - ? * interval '1 second') from messaging_group_start
                        where topic = ? and consumer_group = ?""")
                .params(inboxRetention.toSeconds(), group.topic(), group.group())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private static Map<IdSlot, Long> slots(Published published, Instant since) {
        Map<IdSlot, Long> slots = new HashMap<>();
        published.slots().forEach((start, messages) -> {
            if (!start.isBefore(since)) {
                slots.put(IdSlot.at(start), messages);
            }
        });
        return slots;
    }

    private void add(Subscription group, String source, Map<IdSlot, Long> published, Balance balance) {
        Map<IdSlot, Long> unknown = new HashMap<>();
        published.forEach((slot, messages) -> {
            if (messages.equals(complete.get(new CheckedSlot(group, source, slot)))) {
                balance.add(messages, new Settled(messages, 0, 0));
            } else {
                unknown.put(slot, messages);
            }
        });
        Map<IdSlot, Long> unsettled = new HashMap<>();
        counts.settled(group, source, unknown.keySet()).forEach((slot, settled) -> {
            long messages = unknown.get(slot);
            balance.add(messages, settled);
            if (settled.handled() == messages) {
                complete.put(new CheckedSlot(group, source, slot), messages);
            } else if (settled.sum() < messages) {
                unsettled.put(slot, messages - settled.sum());
            }
        });
        if (!unsettled.isEmpty()) {
            Map<IdSlot, Waiting> waiting = counts.waiting(group, unsettled.keySet());
            unsettled.forEach((slot, messages) -> balance.add(messages, waiting.getOrDefault(slot, Waiting.NONE)));
        }
    }
}
