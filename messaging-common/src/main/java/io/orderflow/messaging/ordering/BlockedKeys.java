package io.orderflow.messaging.ordering;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.Outbox;
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
public final class BlockedKeys {

    private static final String HELD = """
            select key_name from messaging_held_key where consumer_group = ? and topic = ? and key_name = any(?)
            """;

    /** In one order for everybody, so that two never wait for each other in a circle. */
    private static final String LOCK = HELD + " order by key_name for key share";

    private static final String HOLD = """
            insert into messaging_held_key (consumer_group, topic, key_name, due_at, awaiting_operator_since)
            values (?, ?, ?, clock_timestamp() + ?::bigint * interval '1 millisecond',
                case when ?::bigint is null then clock_timestamp() end)
            on conflict do nothing
            """;

    private static final String FIRST = """
            select min(position) from messaging_parked_message m
            where m.consumer_group = k.consumer_group and m.topic = k.topic and m.key_name = k.key_name
            """;

    /** Whoever is trying the message again meanwhile loses the lease on its key: the discard is what counts. */
    private static final String DISCARD = """
            with first as (
                select p.position, k.consumer_group, k.topic, k.key_name
                from messaging_parked_message p
                join messaging_held_key k using (consumer_group, topic, key_name)
                where p.consumer_group = ? and p.topic = ? and p.source = ? and p.message_id = ?
                  and (p.digest is null or p.digest = ?)
                  and p.position = (%s)),
            due as (
                update messaging_held_key k
                set due_at = clock_timestamp(), lease = null, awaiting_operator_since = null from first
                where (k.consumer_group, k.topic, k.key_name) = (first.consumer_group, first.topic, first.key_name))
            delete from messaging_parked_message p using first where p.position = first.position
            """.formatted(FIRST);

    private static final String COUNT = """
            select (select count(*) from (select from messaging_held_key limit ?) k) as keys,
                   (select count(*) from (select from messaging_held_key where due_at is null limit ?) w) as waiting,
                   (select count(*) from (select from messaging_parked_message limit ?) m) as messages
            """;

    /** Who reads what: a subscription's group and topic. */
    public record Reader(String group, String topic) {

        @Override
        public String toString() {
            return group + " on " + topic;
        }
    }

    private static final String READERS = "select distinct consumer_group, topic from messaging_held_key";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate ownTransaction;
    private final Outbox outbox;
    private final DeferredMessages parked;

    /** @param outbox takes the dead letters of those that block their keys */
    public BlockedKeys(DataSource dataSource, PlatformTransactionManager transactions, Outbox outbox) {
        jdbc = new JdbcTemplate(dataSource);
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.outbox = outbox;
        parked = new DeferredMessages(jdbc);
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
            Set<ByteBuffer> locked = keys(LOCK, subscription, names(behind));
            behind.stream()
                    .filter(each -> locked.contains(ByteBuffer.wrap(each.keyName())))
                    .forEach(each -> parked.park(subscription, each));
            return locked;
        });
        return messages.stream()
                .filter(each -> !stillHeld.contains(ByteBuffer.wrap(each.keyName())))
                .toList();
    }

    /**
     * Blocks the key of a message that failed, with the message in front, until it is tried again after the delay.
     *
     * @return false if it needs no retry because it has been handled meanwhile; then nothing is blocked
     */
    public boolean hold(Subscription subscription, Identified failed, Duration retryAfter) {
        return Boolean.TRUE.equals(ownTransaction.execute(status -> block(subscription, failed, retryAfter)));
    }

    /**
     * Blocks the key of a message that is dead-lettered until an operator decides, and sends its dead letter: both or
     * neither, so that nobody can decide about a dead letter before its key is blocked.
     *
     * @param topic where the dead letter is sent
     * @return false if the message has been handled meanwhile; then nothing is blocked and nothing sent
     */
    public boolean holdBehindDeadLetter(Subscription subscription, Identified deadLetter, String topic) {
        return Boolean.TRUE.equals(ownTransaction.execute(status -> {
            boolean blocked = block(subscription, deadLetter, null);
            if (blocked) {
                outbox.add(topic, List.of(deadLetter.delivery().message()));
            }
            return blocked;
        }));
    }

    private boolean block(Subscription subscription, Identified failed, @Nullable Duration retryAfter) {
        if (parked.isHandled(subscription, failed)) {
            return false;
        }
        byte[] name = failed.keyName();
        Long millis = retryAfter == null ? null : retryAfter.toMillis();
        do {
            jdbc.update(HOLD, subscription.group(), subscription.topic(), name, millis, millis);
        } while (keys(LOCK, subscription, Set.of(ByteBuffer.wrap(name))).isEmpty());
        parked.park(subscription, failed);
        return true;
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

    /** The subscriptions with blocked keys, whether or not this application has them. */
    public List<Reader> readers() {
        return jdbc.query(READERS, (row, number) -> new Reader(row.getString(1), row.getString(2)));
    }

    /** What waits now in all subscriptions; counted up to {@link BlockedKeyCounts#MOST}. */
    public BlockedKeyCounts count() {
        return jdbc.queryForObject(
                COUNT,
                (row, number) ->
                        new BlockedKeyCounts(row.getLong("keys"), row.getLong("waiting"), row.getLong("messages")),
                BlockedKeyCounts.MOST,
                BlockedKeyCounts.MOST,
                BlockedKeyCounts.MOST);
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
