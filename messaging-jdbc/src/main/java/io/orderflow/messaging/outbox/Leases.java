package io.orderflow.messaging.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The partitions that are leased to this relay, until when, and in which epoch.
 *
 * <p>Each live relay takes an equal number; one with more releases some at its next renewal. All times are the database's,
 * except how long the lease is valid here: that is measured by this machine's monotonic clock from before the renewal was
 * sent, and so never too long.
 */
final class Leases {

    private static final String HEARTBEAT = """
            insert into messaging_outbox_relay (id, until) values (?, now() + ? * interval '1 millisecond')
            on conflict (id) do update set until = excluded.until
            """;
    /** Skips locked rows: their owners are renewing, and two relays must not wait for each other. */
    private static final String DELETE_EXPIRED = """
            delete from messaging_outbox_relay
            where id in (select id from messaging_outbox_relay where until < now() for update skip locked)
            """;

    private static final String COUNT = "select count(*) from messaging_outbox_relay";
    private static final String RENEW = """
            update messaging_outbox_lease set until = now() + ? * interval '1 millisecond'
            where owner = ? returning partition, epoch
            """;
    private static final String ACQUIRE = """
            update messaging_outbox_lease set until = now() + ? * interval '1 millisecond', owner = ?, epoch = epoch + 1
            where partition in (
                select partition from messaging_outbox_lease where owner is null or until < now()
                order by partition limit ? for update skip locked)
            returning partition, epoch
            """;
    private static final String RELEASE = """
            update messaging_outbox_lease set owner = null, until = '-infinity' where owner = ? and partition >= ?
            """;
    private static final String LEAVE = "delete from messaging_outbox_relay where id = ?";

    private static final Duration ACQUIRE_EVERY = Duration.ofSeconds(1);

    private final UUID owner = UUID.randomUUID();
    private final Duration length;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private Map<Short, Long> epochs = Map.of();
    private long validUntil = System.nanoTime();
    private long renewAt = validUntil;

    Leases(DataSource dataSource, Duration length) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.length = length;
    }

    /** A lease of this length is renewed so early that it outlasts a renewal that fails. */
    static Duration renewedAfter(Duration length) {
        return length.dividedBy(3);
    }

    /** The partitions that are leased, and the epoch of each. */
    Fence fence() {
        return new Fence(owner, epochs);
    }

    boolean valid() {
        return System.nanoTime() - validUntil < 0;
    }

    /** Renews the lease when a third of its length has passed, and acquires or releases partitions; whether it did. */
    boolean keep() {
        long now = System.nanoTime();
        if (now - renewAt < 0) {
            return false;
        }
        int share = Objects.requireNonNull(transaction.execute(status -> renew()));
        validUntil = now + length.toNanos();
        Duration next = renewedAfter(length);
        renewAt = now + (epochs.size() < share && next.compareTo(ACQUIRE_EVERY) > 0 ? ACQUIRE_EVERY : next).toNanos();
        return true;
    }

    private int renew() {
        long millis = length.toMillis();
        jdbc.sql(HEARTBEAT).params(owner, millis).update();
        jdbc.sql(DELETE_EXPIRED).update();
        int relays = Math.max(1, jdbc.sql(COUNT).query(Integer.class).single());
        int share = (Partitions.COUNT + relays - 1) / relays;
        Map<Short, Long> owned = leases(RENEW, millis, owner);
        if (owned.size() > share) {
            List<Short> partitions = new ArrayList<>(owned.keySet());
            jdbc.sql(RELEASE).params(owner, partitions.get(share)).update();
            owned.keySet().removeAll(partitions.subList(share, partitions.size()));
        } else if (owned.size() < share) {
            owned.putAll(leases(ACQUIRE, millis, owner, share - owned.size()));
        }
        epochs = owned;
        return share;
    }

    private Map<Short, Long> leases(String sql, Object... parameters) {
        Map<Short, Long> leases = new TreeMap<>();
        jdbc.sql(sql).params(parameters).query(row -> {
            leases.put(row.getShort(1), row.getLong(2));
        });
        return leases;
    }

    /** Counts as expired until it has been renewed. */
    void expire() {
        epochs = Map.of();
        validUntil = System.nanoTime();
        renewAt = validUntil;
    }

    /** Releases everything, so that other relays need not wait until the lease expires. */
    void close() {
        expire();
        transaction.executeWithoutResult(status -> {
            jdbc.sql(RELEASE).params(owner, 0).update();
            jdbc.sql(LEAVE).params(owner).update();
        });
    }
}
