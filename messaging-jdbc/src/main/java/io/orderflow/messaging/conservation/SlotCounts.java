package io.orderflow.messaging.conservation;

import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.IdSlot;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;

/** Counts the messages of slots that a group has handled, dead-lettered or delayed, by ranges of their ids. */
final class SlotCounts {

    /** A dead letter that was handled after all, by a redrive or another delivery, counts as handled. */
    private static final String SETTLED = """
            select s.slot, handled.number as handled, failed.dead_lettered, failed.expired
            from unnest(?::bigint[], ?::text[], ?::text[]) as s(slot, low, high)
            cross join lateral (
                select count(*) as number from messaging_inbox i
                where i.consumer_group = ? and i.topic = ? and i.source = ?
                  and i.message_id >= s.low and i.message_id < s.high) as handled
            cross join lateral (
                select count(distinct d.message_id) filter (where d.exception like '%ExpiredException') as expired,
                       count(distinct d.message_id) filter (where d.exception is null or d.exception not like '%ExpiredException')
                           as dead_lettered
                from messaging_dead_letter d
                where d.consumer_group = ? and d.topic = ? and d.source = ?
                  and d.message_id >= s.low and d.message_id < s.high and d.state <> 'REDRIVEN'
                  and not exists (
                      select from messaging_inbox i
                      where i.consumer_group = d.consumer_group and i.topic = d.topic and i.source = d.source
                        and i.message_id = d.message_id)) as failed
            """;

    /** Headers with U+0000 cannot be parsed as JSON, so the id is found in their text. */
    private static final String WAITING = """
            select s.slot, count(distinct r.id) filter (where not r.parked) as delayed,
                   count(distinct r.id) filter (where r.parked) as parked
            from unnest(?::bigint[], ?::text[], ?::text[]) as s(slot, low, high)
            join (select substring(headers::text from '"ce_id":"([0-9a-f-]{36})"') as id, parked_at is not null as parked
                  from messaging_outbox where topic in (?, ?)) r on r.id >= s.low and r.id < s.high
            group by s.slot
            """;

    /** What became of the messages of a slot. */
    record Settled(long handled, long deadLettered, long expired) {

        long sum() {
            return handled + deadLettered + expired;
        }
    }

    /**
     * Retries and dead letters in the application's outbox.
     *
     * @param parked those that the broker rejected
     */
    record Waiting(long delayed, long parked) {

        static final Waiting NONE = new Waiting(0, 0);
    }

    private final JdbcTemplate jdbc;

    SlotCounts(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    Map<IdSlot, Settled> settled(Subscription of, String source, Collection<IdSlot> slots) {
        Map<IdSlot, Settled> counts = new HashMap<>();
        jdbc.query(SETTLED, parameters(slots, of.group(), of.topic(), source, of.group(), of.topic(), source), row -> {
            counts.put(
                    new IdSlot(row.getLong("slot")),
                    new Settled(row.getLong("handled"), row.getLong("dead_lettered"), row.getLong("expired")));
        });
        return counts;
    }

    /** Slots without any are missing. */
    Map<IdSlot, Waiting> waiting(Subscription of, Collection<IdSlot> slots) {
        Map<IdSlot, Waiting> counts = new HashMap<>();
        jdbc.query(WAITING, parameters(slots, of.retryTopic(), of.deadLetterTopic()), row -> {
            counts.put(new IdSlot(row.getLong("slot")), new Waiting(row.getLong("delayed"), row.getLong("parked")));
        });
        return counts;
    }

    private static PreparedStatementSetter parameters(Collection<IdSlot> slots, String... texts) {
        return query -> {
            List<IdSlot> all = List.copyOf(slots);
            query.setArray(1, array(query, "int8", all, IdSlot::seconds));
            query.setArray(2, array(query, "text", all, IdSlot::lowest));
            query.setArray(3, array(query, "text", all, IdSlot::end));
            for (int i = 0; i < texts.length; i++) {
                query.setString(4 + i, texts[i]);
            }
        };
    }

    private static Array array(PreparedStatement query, String type, List<IdSlot> slots, Function<IdSlot, Object> value)
            throws SQLException {
        return query.getConnection()
                .createArrayOf(type, slots.stream().map(value).toArray());
    }
}
