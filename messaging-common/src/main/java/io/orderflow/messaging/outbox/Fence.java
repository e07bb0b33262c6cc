package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a relay had leased when it read rows, and so what it may do to them: its statements join this with the leases'
 * table, and have no effect in a partition that has another owner or epoch by then, however late they come.
 *
 * @param epochs of the partitions, by their numbers
 */
record Fence(UUID owner, Map<Short, Long> epochs) {

    /** The partition if the lease is still the same. Nobody takes it over before the end of the statement. */
    static final String LOCKED = """
            (select partition from messaging_outbox_lease where partition = ? and owner = ? and epoch = ? for share)
            """;

    long epoch(short partition) {
        return Objects.requireNonNull(epochs.get(partition));
    }

    /** Sets the parameters of {@link #LOCKED}, which begin at this place. */
    void lock(PreparedStatement statement, int place, short partition) throws SQLException {
        statement.setShort(place, partition);
        statement.setObject(place + 1, owner);
        statement.setLong(place + 2, epoch(partition));
    }

    /** Sets partitions and their epochs as two arrays, in the order given. */
    void set(PreparedStatement statement, int place, Collection<Short> partitions) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(place, connection.createArrayOf("int2", partitions.toArray()));
        statement.setArray(
                place + 1,
                connection.createArrayOf(
                        "int8", partitions.stream().map(this::epoch).toArray()));
    }
}
