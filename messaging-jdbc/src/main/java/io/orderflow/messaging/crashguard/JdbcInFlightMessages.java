package io.orderflow.messaging.crashguard;

import io.orderflow.messaging.handling.Subscription;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages in flight in PostgreSQL. Survives the process, not the database: a commit does not wait for the disk. */
public final class JdbcInFlightMessages implements InFlightMessages {

    private static final Duration QUARANTINE_RETENTION = Duration.ofDays(30);

    /** Records the messages of a member, and returns those in flight elsewhere or suspected already; one round trip. */
    private static final String TAKE = """
            with mine as (
                insert into messaging_in_hand (member, consumer_group, topic, ids) values (?, ?, ?, ?)
                on conflict (member) do update set ids = excluded.ids, since = now())
            select 'delivery', taken.id
            from messaging_in_hand other
            cross join lateral unnest(other.ids) as theirs(id)
            join unnest(?::int[]) as taken(id) on taken.id = theirs.id
            where other.consumer_group = ? and other.topic = ? and other.member <> ?
            union all
            select 'message', id_hash from messaging_handled_alone
            where consumer_group = ? and topic = ? and id_hash = any(?)
            """;

    private static final String WITHOUT_WAITING_FOR_THE_DISK = """
            with quickly as materialized (select set_config('synchronous_commit', 'off', true) as off)
            """;

    private static final String BEGIN = WITHOUT_WAITING_FOR_THE_DISK + """
            insert into messaging_handled_alone as a (consumer_group, topic, source, message_id, id_hash, begun_by)
            select ?, ?, ?, ?, ?, array[?] from quickly where quickly.off is not null
            on conflict (consumer_group, topic, source, message_id) do update
            set begun_by = case
                    when a.quarantined then excluded.begun_by
                    when a.begun_by @> excluded.begun_by then a.begun_by
                    else a.begun_by || excluded.begun_by
                end,
                quarantined = false, changed_at = now()
            where ? or not a.quarantined
            returning cardinality(begun_by)
            """;

    private static final String END = WITHOUT_WAITING_FOR_THE_DISK + """
            delete from messaging_handled_alone using quickly
            where quickly.off is not null and consumer_group = ? and topic = ? and source = ? and message_id = ?
            """;

    private static final String QUARANTINE = """
            update messaging_handled_alone set quarantined = true, changed_at = now()
            where consumer_group = ? and topic = ? and source = ? and message_id = ?
            """;

    private final JdbcTemplate jdbc;
    private final UUID process = UUID.randomUUID();

    public JdbcInFlightMessages(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public Set<Taken> take(UUID member, Subscription subscription, Collection<Taken> messages) {
        Integer[] deliveries = messages.stream().map(Taken::deliveryHash).toArray(Integer[]::new);
        Integer[] ids = messages.stream().map(Taken::idHash).toArray(Integer[]::new);
        Set<Integer> suspectDeliveries = new HashSet<>();
        Set<Integer> suspectIds = new HashSet<>();
        jdbc.query(connection -> prepared(connection, member, subscription, deliveries, ids), row -> {
            (row.getString(1).equals("delivery") ? suspectDeliveries : suspectIds).add(row.getInt(2));
        });
        Set<Taken> suspects = new HashSet<>(messages);
        suspects.removeIf(
                each -> !suspectDeliveries.contains(each.deliveryHash()) && !suspectIds.contains(each.idHash()));
        return suspects;
    }

    private static PreparedStatement prepared(
            Connection connection, UUID member, Subscription subscription, Integer[] deliveries, Integer[] ids)
            throws SQLException {
        Array taken = connection.createArrayOf("int4", deliveries);
        List<Object> values = List.of(
                member,
                subscription.group(),
                subscription.topic(),
                taken,
                taken,
                subscription.group(),
                subscription.topic(),
                member,
                subscription.group(),
                subscription.topic(),
                connection.createArrayOf("int4", ids));
        PreparedStatement take = connection.prepareStatement(TAKE);
        for (int i = 0; i < values.size(); i++) {
            take.setObject(i + 1, values.get(i));
        }
        return take;
    }

    @Override
    public void drop(UUID member) {
        jdbc.update("delete from messaging_in_hand where member = ?", member);
    }

    @Override
    public void drop(UUID member, Taken failed) {
        jdbc.update(
                "update messaging_in_hand set ids = array_remove(ids, ?) where member = ?",
                failed.deliveryHash(),
                member);
    }

    @Override
    public int begin(Subscription subscription, Taken suspect, boolean redriven) {
        List<Integer> begun = jdbc.queryForList(
                BEGIN,
                Integer.class,
                subscription.group(),
                subscription.topic(),
                suspect.id().source(),
                suspect.id().id(),
                suspect.idHash(),
                process,
                redriven);
        return begun.isEmpty() ? QUARANTINED : begun.get(0);
    }

    @Override
    public void end(Subscription subscription, Taken suspect) {
        jdbc.update(
                END,
                subscription.group(),
                subscription.topic(),
                suspect.id().source(),
                suspect.id().id());
    }

    @Override
    public void quarantine(Subscription subscription, Taken suspect) {
        jdbc.update(
                QUARANTINE,
                subscription.group(),
                subscription.topic(),
                suspect.id().source(),
                suspect.id().id());
    }

    @Override
    public void deleteOld() {
        jdbc.update(
                "delete from messaging_in_hand where since < now() - ? * interval '1 second'", RETENTION.toSeconds());
        jdbc.update(
                "delete from messaging_handled_alone where changed_at < now() - ? * interval '1 second'",
                QUARANTINE_RETENTION.toSeconds());
    }
}
