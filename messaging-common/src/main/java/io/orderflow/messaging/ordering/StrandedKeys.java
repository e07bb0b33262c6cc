package io.orderflow.messaging.ordering;

import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds keys that await an operator who has nothing to decide, and lets their messages be handled. Where the dead letter was
 * discarded, the first message is dropped. Where it is not waiting, though it should have arrived by now, its message is tried
 * again: then it is handled, or has a dead letter. Where order is not kept behind dead letters any more, none blocks its key.
 */
public final class StrandedKeys {

    /** How long a dead letter may take to the database, or a redriven one back to its group. */
    static final Duration GRACE = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(StrandedKeys.class);

    private static final int AT_A_TIME = 100;

    private static final String FIRST_OF_AWAITING = """
            from messaging_held_key k
            left join lateral (
                select position, source, message_id, digest, message_key from messaging_parked_message m
                where (m.consumer_group, m.topic, m.key_name) = (k.consumer_group, k.topic, k.key_name)
                order by position limit 1) first on true
            left join lateral (
                select bool_and(d.state = any(?)) as is_decided, bool_or(d.state = 'WAITING') as is_waiting
                from messaging_dead_letter d
                where (d.consumer_group, d.topic, d.source, d.message_id)
                    = (k.consumer_group, k.topic, first.source, first.message_id)
                and (first.digest is null or d.digest = first.digest)) letter on true
            where k.consumer_group = ? and k.topic = ? and k.due_at is null
            """;

    private static final String DUE = """
            update messaging_held_key k set due_at = clock_timestamp(), awaiting_operator_since = null
            """;

    private static final String DROP_DECIDED = """
            with decided as (
                select k.consumer_group, k.topic, k.key_name, first.position
                %s and letter.is_decided limit %d),
            due as (%s from decided
                where (k.consumer_group, k.topic, k.key_name)
                    = (decided.consumer_group, decided.topic, decided.key_name))
            delete from messaging_parked_message p using decided where p.position = decided.position
            """.formatted(FIRST_OF_AWAITING, AT_A_TIME, DUE);

    private static final String WITHOUT_LETTER = """
            select k.key_name, first.message_key
            %s and letter.is_waiting is not true
            and coalesce(k.awaiting_operator_since, k.held_since) < now() - ?::bigint * interval '1 second' limit %d
            """.formatted(FIRST_OF_AWAITING, AT_A_TIME);

    /** Not while the outbox has a dead letter of the key, or a redriven one: the broker refuses it, or is unavailable. */
    private static final String TRY_AGAIN = DUE + """
            where k.consumer_group = ? and k.topic = ? and k.key_name = ? and k.due_at is null
            and not exists (select from messaging_outbox where topic in (?, ?) and message_key = ?)
            """;

    private record Key(byte[] name, byte @Nullable [] ofMessage) {}

    private final JdbcTemplate jdbc;

    public StrandedKeys(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
    }

    /** Lets some of them be handled, if there are any; to be called now and then. */
    public void free(Subscription subscription, RetryOrder order) {
        String[] decided =
                order == RetryOrder.KEPT ? new String[] {"DISCARDED"} : new String[] {"DISCARDED", "WAITING"};
        int dropped = jdbc.update(DROP_DECIDED, decided, subscription.group(), subscription.topic());
        List<Key> keys = jdbc.query(
                WITHOUT_LETTER,
                (row, number) -> new Key(row.getBytes(1), row.getBytes(2)),
                decided,
                subscription.group(),
                subscription.topic(),
                GRACE.toSeconds());
        long tried = keys.stream().filter(key -> tryAgain(subscription, key)).count();
        if (dropped + tried > 0) {
            log.warn(
                    "{}: {} key(s) were blocked by a dead letter that nobody can decide about any more; the messages behind"
                            + " it are handled. {} were blocked without a dead letter that waits; their first message is"
                            + " tried again.",
                    subscription,
                    dropped,
                    tried);
        }
    }

    private boolean tryAgain(Subscription subscription, Key key) {
        return jdbc.update(
                        TRY_AGAIN,
                        subscription.group(),
                        subscription.topic(),
                        key.name(),
                        subscription.deadLetterTopic(),
                        subscription.retryTopic(),
                        key.ofMessage())
                > 0;
    }
}
