package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notifies the relays of other instances of rows that were committed here for their partitions, by PostgreSQL's NOTIFY.
 *
 * <p>Not in the transaction that wrote them: a NOTIFY takes a lock at commit that serialises all such commits. The relay's thread
 * sends it after the commit, one for all commits since the last. A notification may be lost; then the other relay finds the
 * rows when it polls.
 */
final class RelayNotifications {

    static final String CHANNEL = "messaging_outbox";

    private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', ?)";

    private final AtomicInteger pending = new AtomicInteger();
    private volatile int mine;

    /** The partitions that this relay sends from, a bit each. */
    void mine(int partitions) {
        mine = partitions;
    }

    /** Whether no other relay has a partition. */
    boolean none() {
        return Integer.bitCount(mine) == Partitions.COUNT;
    }

    boolean concerns(int partitions) {
        return (partitions & mine) != 0;
    }

    void committed(int partitions) {
        int theirs = partitions & ~mine;
        if (theirs != 0) {
            pending.accumulateAndGet(theirs, (a, b) -> a | b);
        }
    }

    boolean pending() {
        return pending.get() != 0;
    }

    boolean send(Connection connection) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
            notify.setString(1, Integer.toString(pending.getAndSet(0)));
            return notify.execute();
        }
    }
}
