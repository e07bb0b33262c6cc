package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The leases under which a relay read rows. Its statements join them with the table of leases, and have no effect in a partition that has
 * another owner or epoch by then, however late they arrive.
 *
 * @param epochs by partition
 */
record Fence(UUID owner, Map<Short, Long> epochs) {

    /** The partition if the lease is still the same. The lease cannot change before the end of the statement. */
    static final String LOCKED = """
            (select partition from messaging_outbox_lease where partition = ? and owner = ? and epoch = ? for share)
            """;

    long epoch(short partition) {
        return Objects.requireNonNull(epochs.get(partition));
    }

    /** Sets the parameters of {@link #LOCKED}, from this index on. */
    void lock(PreparedStatement statement, int index, short partition) throws SQLException {
        statement.setShort(index, partition);
        statement.setObject(index + 1, owner);
        statement.setLong(index + 2, epoch(partition));
    }

    /** Sets partitions and their epochs as two arrays, in the order given. */
    void set(PreparedStatement statement, int index, Collection<Short> partitions) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(index, connection.createArrayOf("int2", partitions.toArray()));
        statement.setArray(
                index + 1,
                connection.createArrayOf(
                        "int8", partitions.stream().map(this::epoch).toArray()));
    }
}
