package io.orderflow.messaging.ordering;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that are held in the database, and what waits behind each. A key is held from the failure of one of its
 * messages until everything that has been parked behind it is handled. Safe for many threads and instances; what it
 * does is done in transactions of its own.
 *
 * <p>Who parks shares a lock on the key's row ({@code for key share}), who lets the key go has it alone: so nothing is
 * parked behind a key that is gone, and nothing overtakes what was parked. Neither waits for a handler.
 */
public final class HeldKeys {

    private static final String HELD = """
            select key_name from messaging_held_key where consumer_group = ? and topic = ? and key_name = any(?)
            """;

    /** In one order for everybody, so that two never wait for each other in a circle. */
    private static final String LOCK = HELD + " order by key_name for key share";

    /** A redriven dead letter may arrive while it is still being noted that its key waits for it: that is waited for. */
    private static final String LOCK_FOR_REDRIVE = HELD + " order by key_name for no key update";

    private static final String HOLD = """
            insert into messaging_held_key (consumer_group, topic, key_name, due_at)
            values (?, ?, ?, clock_timestamp() + ?::bigint * interval '1 millisecond') on conflict do nothing
            """;

    private static final String FIRST = """
            select min(position) from messaging_parked_message m
            where m.consumer_group = k.consumer_group and m.topic = k.topic and m.key_name = k.key_name
            """;

    private static final String DISCARD = """
            with first as (
                select p.position, k.consumer_group, k.topic, k.key_name
                from messaging_parked_message p
                join messaging_held_key k using (consumer_group, topic, key_name)
                where p.consumer_group = ? and p.topic = ? and p.source = ? and p.message_id = ?
                  and (p.digest is null or p.digest = ?) and k.due_at is null
                  and p.position = (%s)),
            due as (
                update messaging_held_key k set due_at = clock_timestamp() from first
                where (k.consumer_group, k.topic, k.key_name) = (first.consumer_group, first.topic, first.key_name))
            delete from messaging_parked_message p using first where p.position = first.position
            """.formatted(FIRST);

    private static final String COUNT = """
            select (select count(*) from (select from messaging_held_key limit ?) k) as keys,
                   (select count(*) from (select from messaging_held_key where due_at is null limit ?) w) as waiting,
                   (select count(*) from (select from messaging_parked_message limit ?) m) as messages
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate ownTransaction;
    private final ParkedMessages parked;

    public HeldKeys(DataSource dataSource, PlatformTransactionManager transactions) {
        jdbc = new JdbcTemplate(dataSource);
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        parked = new ParkedMessages(jdbc);
    }

    /**
     * Parks those messages whose key is held, in the order given, and answers the others. A message that was parked or
     * handled before is not parked again. The dead letter that holds its key, come again over the group's retries, makes
     * its key due. Costs one query if none of the keys is held.
     */
    public List<Identified> parkBehindHeld(Subscription subscription, List<Identified> messages) {
        Set<ByteBuffer> held = keys(HELD, subscription, names(messages));
        if (held.isEmpty()) {
            return messages;
        }
        List<Identified> behind = messages.stream()
                .filter(each -> held.contains(ByteBuffer.wrap(each.keyName())))
                .toList();
        Set<ByteBuffer> stillHeld = ownTransaction.execute(status -> {
            Set<ByteBuffer> locked = keys(lockFor(behind, subscription), subscription, names(behind));
            behind.stream()
                    .filter(each -> locked.contains(ByteBuffer.wrap(each.keyName())))
                    .forEach(each -> parked.park(subscription, each));
            return locked;
        });
        return messages.stream()
                .filter(each -> !stillHeld.contains(ByteBuffer.wrap(each.keyName())))
                .toList();
    }

    private static String lockFor(List<Identified> behind, Subscription subscription) {
        return behind.stream().anyMatch(each -> each.delivery().topic().equals(subscription.retryTopic()))
                ? LOCK_FOR_REDRIVE
                : LOCK;
    }

    /**
     * Holds the key of a message that failed, with the message in front.
     *
     * @param retryAfter when it is to be tried again; null if it was dead-lettered, and people decide
     * @return false if it needs no retry because it has been handled meanwhile; then nothing is held
     */
    public boolean hold(Subscription subscription, Identified failed, @Nullable Duration retryAfter) {
        return Boolean.TRUE.equals(ownTransaction.execute(status -> {
            if (parked.isHandled(subscription, failed)) {
                return false;
            }
            byte[] name = failed.keyName();
            do {
                jdbc.update(
                        HOLD,
                        subscription.group(),
                        subscription.topic(),
                        name,
                        retryAfter == null ? null : retryAfter.toMillis());
            } while (keys(LOCK, subscription, Set.of(ByteBuffer.wrap(name))).isEmpty());
            parked.park(subscription, failed);
            return true;
        }));
    }

    /**
     * Lets the key go that a dead letter held, because people have discarded it: what waits behind it is handled now. In
     * the caller's transaction, if there is one.
     *
     * @return false if this message holds no key, and then nothing changes
     */
    public boolean discarded(String group, String topic, MessageId id, ContentDigest content) {
        return jdbc.update(DISCARD, group, topic, id.source(), id.id(), content.bytes()) > 0;
    }

    /** What waits now in all subscriptions; counted up to {@link HeldKeyCounts#MOST}. */
    public HeldKeyCounts count() {
        return jdbc.queryForObject(
                COUNT,
                (row, number) ->
                        new HeldKeyCounts(row.getLong("keys"), row.getLong("waiting"), row.getLong("messages")),
                HeldKeyCounts.MOST,
                HeldKeyCounts.MOST,
                HeldKeyCounts.MOST);
    }

    private static Set<ByteBuffer> names(List<Identified> messages) {
        return messages.stream().map(each -> ByteBuffer.wrap(each.keyName())).collect(Collectors.toSet());
    }

    private Set<ByteBuffer> keys(String sql, Subscription subscription, Collection<ByteBuffer> names) {
        byte[][] array = names.stream().map(ByteBuffer::array).toArray(byte[][]::new);
        return new HashSet<>(jdbc.query(
                connection -> {
                    var query = connection.prepareStatement(sql);
                    query.setString(1, subscription.group());
                    query.setString(2, subscription.topic());
                    query.setArray(3, connection.createArrayOf("bytea", array));
                    return query;
                },
                (row, number) -> ByteBuffer.wrap(row.getBytes(1))));
    }
}
