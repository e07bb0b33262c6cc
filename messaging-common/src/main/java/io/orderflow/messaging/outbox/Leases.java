package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The partitions that this relay may send from, until when, and in which epoch.
 *
 * <p>Each relay that is alive takes its share; who has more gives up some at the next renewal. All times are the
 * database's, except for how long the lease still runs here: that is measured by this machine's monotonic clock from
 * before the renewal was asked for, and so never too long.
 */
final class Leases {

    private static final String SIGN_OF_LIFE = """
            insert into messaging_outbox_relay (id, until) values (?, now() + ? * interval '1 millisecond')
            on conflict (id) do update set until = excluded.until
            """;
    /** Whose row is locked is renewing it: two that come back at once would wait for each other. */
    private static final String FORGET_THE_DEAD = """
            delete from messaging_outbox_relay
            where id in (select id from messaging_outbox_relay where until < now() for update skip locked)
            """;

    private static final String COUNT = "select count(*) from messaging_outbox_relay";
    private static final String RENEW = """
            update messaging_outbox_lease set until = now() + ? * interval '1 millisecond'
            where owner = ? returning partition, epoch
            """;
    private static final String TAKE = """
            update messaging_outbox_lease set owner = ?, epoch = epoch + 1, until = now() + ? * interval '1 millisecond'
            where partition in (
                select partition from messaging_outbox_lease where owner is null or until < now()
                order by partition limit ? for update skip locked)
            returning partition, epoch
            """;
    private static final String RELEASE = """
            update messaging_outbox_lease set owner = null, until = '-infinity'
            where owner = ? and partition = any(?::smallint[])
            """;
    private static final String LEAVE = "delete from messaging_outbox_relay where id = ?";

    private static final Duration TRY_FOR_SHARE = Duration.ofSeconds(1);

    private final UUID owner = UUID.randomUUID();
    private final Duration length;
    private final ShortTransactions database;
    private Map<Short, Long> epochs = Map.of();
    private long validUntil = System.nanoTime();
    private long renewAt = validUntil;

    Leases(ShortTransactions database, Duration length) {
        this.database = database;
        this.length = length;
    }

    /** A lease of this length is renewed so early that it outlives a renewal that fails. */
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

    /** Renews the lease at a third of its length, and takes or gives up partitions; tells whether it did. */
    boolean keep() {
        long now = System.nanoTime();
        if (now - renewAt < 0) {
            return false;
        }
        int share = database.run(this::renew);
        validUntil = now + length.toNanos();
        Duration next = renewedAfter(length);
        renewAt = now + (epochs.size() < share && next.compareTo(TRY_FOR_SHARE) > 0 ? TRY_FOR_SHARE : next).toNanos();
        return true;
    }

    private int renew(Connection connection) throws SQLException {
        long millis = length.toMillis();
        update(connection, SIGN_OF_LIFE, owner, millis);
        update(connection, FORGET_THE_DEAD);
        int relays = Math.max(1, count(connection));
        int share = (Partitions.COUNT + relays - 1) / relays;
        Map<Short, Long> held = new TreeMap<>(leases(connection, RENEW, millis, owner));
        if (held.size() > share) {
            List<Short> surplus = new ArrayList<>(held.keySet()).subList(share, held.size());
            release(connection, surplus);
            held.keySet().removeAll(List.copyOf(surplus));
        } else if (held.size() < share) {
            held.putAll(leases(connection, TAKE, owner, millis, share - held.size()));
        }
        epochs = held;
        return share;
    }

    /** Nothing is certain after a failure, until the lease has been renewed. */
    void doubt() {
        epochs = Map.of();
        validUntil = System.nanoTime();
        renewAt = validUntil;
    }

    /** Gives everything up at once, so that others need not wait for the lease to run out. */
    void close() {
        database.run(connection -> {
            List<Short> all = new ArrayList<>();
            for (short partition = 0; partition < Partitions.COUNT; partition++) {
                all.add(partition);
            }
            release(connection, all);
            return update(connection, LEAVE, owner);
        });
        doubt();
    }

    private void release(Connection connection, List<Short> partitions) throws SQLException {
        update(connection, RELEASE, owner, connection.createArrayOf("int2", partitions.toArray()));
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepared(connection, COUNT);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }

    private static Map<Short, Long> leases(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            Map<Short, Long> leases = new TreeMap<>();
            while (result.next()) {
                leases.put(result.getShort(1), result.getLong(2));
            }
            return leases;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
