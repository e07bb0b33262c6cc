package io.orderflow.messaging.quarantine;

import io.orderflow.messaging.MessageId;
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

/**
 * Notes in the database what each member of a group has in hand, so that after the death of a process it is known what it
 * died with. Outside of any handler's transaction, and without waiting for the disk: a note has to survive the process
 * that makes it, and not the database. One for a process. Safe for many threads; each member is one thread's.
 */
public final class InFlightMessages {

    /** How long a note is kept of a member that is heard of no more. What it had in hand has come again by then. */
    public static final Duration NOTE_RETENTION = Duration.ofMinutes(15);

    private static final Duration QUARANTINE_RETENTION = Duration.ofDays(30);

    /** What a member takes in hand, and what of it somebody else has in hand or is suspected already; one round trip. */
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

    /** What {@link #begin} answers of a message that is in quarantine. */
    public static final int QUARANTINED = Integer.MAX_VALUE;

    private final JdbcTemplate jdbc;
    private final UUID process = UUID.randomUUID();

    public InFlightMessages(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * A message as it is about to be handled.
     *
     * @param id identifies the message
     * @param delivery what tells this attempt from the others of the message, so that a retry is no suspect
     */
    public record Taken(MessageId id, String delivery) {

        int idHash() {
            return id.stableHash();
        }

        int deliveryHash() {
            return 31 * idHash() + delivery.hashCode();
        }
    }

    /** Notes that this member has these in hand, and nothing else; answers those that may have ended a process. */
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

    /** This member has nothing in hand any more, though it may not be through with it. */
    public void drop(UUID member) {
        jdbc.update("delete from messaging_in_hand where member = ?", member);
    }

    /** This member has failed at it, and lives. */
    public void drop(UUID member, Taken failed) {
        jdbc.update(
                "update messaging_in_hand set ids = array_remove(ids, ?) where member = ?",
                failed.deliveryHash(),
                member);
    }

    /**
     * Notes that a suspect is now handled alone.
     *
     * @param redriven whether people have sent it again, which ends its quarantine
     * @return how many processes began that and never ended it, this one included, or {@link #QUARANTINED}. One that lives
     *     counts once, however often it begins: its note of the end may get lost
     */
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

    /** Its handling came to an end, well or not, and this process lives. */
    public void end(Subscription subscription, Taken suspect) {
        jdbc.update(
                END,
                subscription.group(),
                subscription.topic(),
                suspect.id().source(),
                suspect.id().id());
    }

    /** It is not handled again, however often it comes, until people redrive it. */
    public void quarantine(Subscription subscription, Taken suspect) {
        jdbc.update(
                QUARANTINE,
                subscription.group(),
                subscription.topic(),
                suspect.id().source(),
                suspect.id().id());
    }

    /** Forgets notes that mean nothing any more. Not to be called before a process has been up for their retention. */
    public void forgetOld() {
        jdbc.update(
                "delete from messaging_in_hand where since < now() - ? * interval '1 second'",
                NOTE_RETENTION.toSeconds());
        jdbc.update(
                "delete from messaging_handled_alone where changed_at < now() - ? * interval '1 second'",
                QUARANTINE_RETENTION.toSeconds());
    }
}
