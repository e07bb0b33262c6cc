package io.orderflow.messaging.ordering;

import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles what waits behind held keys, the first of each key when it is due. Any number of threads and instances may do
 * that at once: a key is one's at a time, by a lock on its row, which the database takes back at once from a process that
 * dies. The lock's transaction stays open while the handler works in transactions of its own.
 */
public final class DueKeys {

    /** Handles a message; never throws for what is wrong with the message. */
    @FunctionalInterface
    public interface FirstHandler {
        Outcome handle(Identified first) throws Exception;
    }

    /** Not clock_timestamp(): it is volatile, no condition of an index, and so all keys that are due later would be read. */
    private static final String CLAIM = """
            select key_name from messaging_held_key
            where consumer_group = ? and topic = ? and due_at <= statement_timestamp()
            order by due_at limit 1 for no key update skip locked
            """;

    private static final String NEXT_DUE = """
            select (extract(epoch from min(due_at) - clock_timestamp()) * 1000)::bigint
            from messaging_held_key where consumer_group = ? and topic = ?
            """;

    private static final String KEY = " where consumer_group = ? and topic = ? and key_name = ?";

    /** Waits for those who are parking a message behind it. */
    private static final String LOCK = "select from messaging_held_key" + KEY + " for update";

    /** A statement after the lock's, because only then it sees what was parked meanwhile. */
    private static final String LET_GO = "delete from messaging_held_key k" + KEY + """
             and not exists (select from messaging_parked_message p
                             where (p.consumer_group, p.topic, p.key_name) = (k.consumer_group, k.topic, k.key_name))
            """;

    private static final String DUE_AFTER = """
            update messaging_held_key set due_at = clock_timestamp() + ?::bigint * interval '1 millisecond'
            """ + KEY;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate holdingTheLock;
    private final TransactionTemplate outside;
    private final ParkedMessages parked;

    public DueKeys(DataSource dataSource, PlatformTransactionManager transactions) {
        jdbc = new JdbcTemplate(dataSource);
        holdingTheLock = new TransactionTemplate(transactions);
        holdingTheLock.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        parked = new ParkedMessages(jdbc);
    }

    /**
     * Handles the first message of the key that has been due for longest, or lets that key go if nothing is left of it.
     *
     * @return false if no key is due that nobody else is working on, or its message is not to be tried now
     * @throws Exception what the handler threw; then nothing has changed
     */
    public boolean handleNext(Subscription subscription, FirstHandler handler) throws Exception {
        try {
            return Boolean.TRUE.equals(holdingTheLock.execute(status -> {
                byte @Nullable [] key = claim(subscription);
                if (key == null) {
                    return false;
                }
                ParkedMessages.@Nullable Parked first = parked.first(subscription, key);
                if (first == null) {
                    letGo(subscription, key);
                } else {
                    Outcome outcome = handledOutside(first.message(), handler);
                    settle(subscription, key, first, outcome);
                    return !(outcome instanceof Outcome.NotNow);
                }
                return true;
            }));
        } catch (Thrown e) {
            throw (Exception) Objects.requireNonNull(e.getCause());
        }
    }

    /** How long it takes until the next key is due, negative if one is; null if none will be. */
    public @Nullable Duration untilNextDue(Subscription subscription) {
        Long millis = jdbc.queryForObject(NEXT_DUE, Long.class, subscription.group(), subscription.topic());
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private byte @Nullable [] claim(Subscription subscription) {
        List<byte[]> claimed =
                jdbc.query(CLAIM, (row, number) -> row.getBytes(1), subscription.group(), subscription.topic());
        return claimed.isEmpty() ? null : claimed.get(0);
    }

    private Outcome handledOutside(Identified first, FirstHandler handler) {
        return Objects.requireNonNull(outside.execute(status -> {
            try {
                return handler.handle(first);
            } catch (Exception e) {
                throw new Thrown(e);
            }
        }));
    }

    private void settle(Subscription subscription, byte[] key, ParkedMessages.Parked first, Outcome outcome) {
        if (outcome instanceof Outcome.Again again) {
            parked.failedAgain(subscription, first, again.message());
            dueAfter(again.delay(), subscription, key);
        } else if (outcome instanceof Outcome.NotNow notNow) {
            dueAfter(notNow.delay(), subscription, key);
        } else if (outcome instanceof Outcome.WaitsForPeople) {
            dueAfter(null, subscription, key);
        } else {
            parked.remove(subscription, first);
            dueAfter(Duration.ZERO, subscription, key); // behind the others that are due
        }
    }

    private void dueAfter(@Nullable Duration delay, Subscription subscription, byte[] key) {
        jdbc.update(
                DUE_AFTER, delay == null ? null : delay.toMillis(), subscription.group(), subscription.topic(), key);
    }

    private void letGo(Subscription subscription, byte[] key) {
        Object[] name = {subscription.group(), subscription.topic(), key};
        jdbc.query(LOCK, row -> {}, name);
        jdbc.update(LET_GO, name);
    }

    private static final class Thrown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Thrown(Exception cause) {
            super(cause);
        }
    }
}
