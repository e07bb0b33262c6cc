package io.orderflow.messaging.ordering;

import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.KeyLeases.Lease;
import io.orderflow.messaging.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles what waits behind blocked keys, the first of each key when it is due. Any number of threads and instances may do
 * that at once: a key is one's at a time, by a lease on its row. No transaction is open while a handler runs. What it decides
 * becomes true in one transaction, together with the dead letter if it is one, and only while the lease is there: so nobody
 * sees a dead letter whose key is not blocked yet.
 */
public final class BlockedKeyProcessor {

    /** Handles a message; never throws for what is wrong with the message. */
    @FunctionalInterface
    public interface FirstHandler {

        /** @param keepLease to be called again and again meanwhile, oftener than the lease is long; throws once it is lost */
        Outcome handle(Identified first, Runnable keepLease) throws Exception;
    }

    /** How long the keys of a process that died wait until others go on with them. */
    public static final Duration LEASE = Duration.ofSeconds(15);

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

    private final JdbcTemplate jdbc;
    private final TransactionTemplate ownTransaction;
    private final Outbox outbox;
    private final KeyLeases leases;
    private final DeferredMessages parked;

    /** @param outbox takes the dead letters of those that block their keys */
    public BlockedKeyProcessor(DataSource dataSource, PlatformTransactionManager transactions, Outbox outbox) {
        jdbc = new JdbcTemplate(dataSource);
        ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.outbox = outbox;
        leases = new KeyLeases(jdbc, LEASE);
        parked = new DeferredMessages(jdbc);
    }

    /**
     * Handles the first message of the key that has been due for longest, or lets that key go if nothing is left of it.
     *
     * @return false if no key is due that nobody else is working on, or its message is not to be tried now
     * @throws Exception what the handler threw; then the message is tried again, after the other keys that are due
     */
    public boolean handleNext(Subscription subscription, FirstHandler handler) throws Exception {
        Lease lease = leases.claim(subscription);
        if (lease == null) {
            return false;
        }
        DeferredMessages.@Nullable Parked first = parked.first(subscription, lease.keyName());
        if (first == null) {
            ownTransaction.executeWithoutResult(status -> letGo(lease));
            return true;
        }
        Outcome outcome = handled(first.message(), lease, handler);
        ownTransaction.executeWithoutResult(status -> settle(lease, first, outcome));
        return !(outcome instanceof Outcome.NotNow);
    }

    /** How long it takes until the next key is due, negative if one is; null if none will be. */
    public @Nullable Duration untilNextDue(Subscription subscription) {
        Long millis = jdbc.queryForObject(NEXT_DUE, Long.class, subscription.group(), subscription.topic());
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private Outcome handled(Identified first, Lease lease, FirstHandler handler) throws Exception {
        try {
            return handler.handle(first, () -> leases.renew(lease));
        } catch (Throwable failure) {
            try {
                leases.end(lease, Duration.ZERO);
            } catch (RuntimeException e) { // then it runs out
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private void settle(Lease lease, DeferredMessages.Parked first, Outcome outcome) {
        if (!leases.end(lease, delayAfter(outcome))) {
            return;
        }
        if (outcome instanceof Outcome.Again again) {
            parked.failedAgain(lease.subscription(), first, again.message());
        } else if (outcome instanceof Outcome.DeadLettered dead) {
            outbox.add(dead.topic(), List.of(dead.message()));
            if (!dead.blocksKey()) {
                parked.remove(first);
            }
        } else if (outcome instanceof Outcome.Done) {
            parked.removeHandled(lease.subscription(), first);
        }
    }

    /** A key whose next message may be handled comes behind the others that are due. */
    private static @Nullable Duration delayAfter(Outcome outcome) {
        if (outcome instanceof Outcome.Again again) {
            return again.delay();
        }
        if (outcome instanceof Outcome.NotNow notNow) {
            return notNow.delay();
        }
        return outcome instanceof Outcome.DeadLettered dead && dead.blocksKey() ? null : Duration.ZERO;
    }

    private void letGo(Lease lease) {
        Object[] name = {lease.subscription().group(), lease.subscription().topic(), lease.keyName()};
        jdbc.query(LOCK, row -> {}, name);
        if (jdbc.update(LET_GO, name) == 0) {
            leases.end(lease, Duration.ZERO);
        }
    }
}
