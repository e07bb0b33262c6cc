package io.orderflow.messaging.ordering;

import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Who works on which blocked key. A lease is a token in the key's row and lasts until {@code due_at}, by the database's
 * clock: of a process that dies, it runs out. A token is used once, so that whoever comes back late changes nothing.
 */
final class KeyLeases {

    /** A key that is worked on. */
    record Lease(Subscription subscription, byte[] keyName, UUID token) {}

    private static final Logger log = LoggerFactory.getLogger(KeyLeases.class);

    /** Not clock_timestamp(): it is volatile, no condition of an index, and so all keys that are due later would be read. */
    private static final String CLAIM = """
            with due as materialized (
                select consumer_group, topic, key_name from messaging_held_key
                where consumer_group = ? and topic = ? and due_at <= statement_timestamp()
                order by due_at limit 1 for no key update skip locked)
            update messaging_held_key k
            set lease = ?, due_at = clock_timestamp() + ?::bigint * interval '1 millisecond'
            from due where (k.consumer_group, k.topic, k.key_name) = (due.consumer_group, due.topic, due.key_name)
            returning k.key_name
            """;

    private static final String HELD = " where consumer_group = ? and topic = ? and key_name = ? and lease = ?";

    private static final String RENEW = """
            update messaging_held_key set due_at = clock_timestamp() + ?::bigint * interval '1 millisecond'
            """ + HELD;

    private static final String END = """
            update messaging_held_key set lease = null,
                due_at = clock_timestamp() + ?::bigint * interval '1 millisecond',
                awaiting_operator_since = case when ?::bigint is null then clock_timestamp() end
            """ + HELD;

    private final JdbcTemplate jdbc;
    private final Duration length;

    KeyLeases(JdbcTemplate jdbc, Duration length) {
        this.jdbc = jdbc;
        this.length = length;
    }

    /** Takes the key that has been due for longest; null if none is. */
    @Nullable
    Lease claim(Subscription subscription) {
        UUID token = UUID.randomUUID();
        List<byte[]> claimed = jdbc.query(
                CLAIM,
                (row, number) -> row.getBytes(1),
                subscription.group(),
                subscription.topic(),
                token,
                length.toMillis());
        return claimed.isEmpty() ? null : new Lease(subscription, claimed.get(0), token);
    }

    /**
     * Renews a lease while its handler runs. A database that is unavailable changes nothing: settling the key will show whether
     * the lease is still there.
     *
     * @throws PartitionsRevokedException if it is not any more
     */
    void renew(Lease lease) {
        int renewed;
        try {
            renewed = jdbc.update(
                    RENEW,
                    length.toMillis(),
                    lease.subscription().group(),
                    lease.subscription().topic(),
                    lease.keyName(),
                    lease.token());
        } catch (DataAccessException e) {
            log.debug("A lease on a key of {} is renewed later", lease.subscription(), e);
            return;
        }
        if (renewed == 0) {
            throw new PartitionsRevokedException("The lease on a blocked key of " + lease.subscription()
                    + " ran out while its message was handled, or its dead letter was discarded; what this handler"
                    + " does about it is not counted, and whoever works on the key now decides.");
        }
    }

    /**
     * Ends a lease, in the transaction in which its key is settled.
     *
     * @param delay after which the key is due; null if it awaits an operator
     * @return false if it was lost before, and then nothing may be changed
     */
    boolean end(Lease lease, @Nullable Duration delay) {
        Long millis = delay == null ? null : delay.toMillis();
        int ended = jdbc.update(
                END,
                millis,
                millis,
                lease.subscription().group(),
                lease.subscription().topic(),
                lease.keyName(),
                lease.token());
        if (ended == 0) {
            log.info(
                    "{}: what was decided about the first message of a blocked key is dropped, because the lease on the"
                            + " key had been lost.",
                    lease.subscription());
        }
        return ended > 0;
    }
}
