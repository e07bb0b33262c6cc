package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the relays of other instances what was committed here for their partitions, by PostgreSQL's NOTIFY.
 *
 * <p>Not in the transaction that wrote it: a NOTIFY takes a lock at its commit that all such commits queue up for. The
 * relay's thread sends it after the commit, one for all that were made since the last. It may get lost; then the
 * other relay finds the rows when it looks of itself.
 */
final class RelayNotifications {

    static final String CHANNEL = "messaging_outbox";

    private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', ?)";

    private final AtomicInteger untold = new AtomicInteger();
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
            untold.accumulateAndGet(theirs, (a, b) -> a | b);
        }
    }

    boolean anythingToTell() {
        return untold.get() != 0;
    }

    void tell(Connection connection) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
            notify.setString(1, Integer.toString(untold.getAndSet(0)));
            notify.execute();
        }
    }
}
