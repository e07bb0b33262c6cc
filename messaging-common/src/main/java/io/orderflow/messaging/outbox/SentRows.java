package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Deletes what the broker has accepted. */
final class SentRows {

    /** Fenced: a relay that was frozen past its lease deletes nothing in a partition that has another owner now. */
    private static final String DELETE = """
            delete from messaging_outbox o
            using unnest(?::smallint[], ?::bigint[], ?::bigint[]) as d(partition, id, epoch)
            join messaging_outbox_lease l on l.partition = d.partition and l.owner = ? and l.epoch = d.epoch
            where o.partition = d.partition and o.id = d.id
            """;

    private SentRows() {}

    /** @param epochs of the partitions' leases when the rows were read */
    static void delete(Connection connection, List<WaitingRow> rows, UUID owner, Map<Short, Long> epochs)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            Object[] partitions = rows.stream().map(WaitingRow::partition).toArray();
            Object[] ids = rows.stream().map(WaitingRow::id).toArray();
            Object[] theirEpochs =
                    rows.stream().map(row -> epochs.get(row.partition())).toArray();
            delete.setArray(1, connection.createArrayOf("int2", partitions));
            delete.setArray(2, connection.createArrayOf("int8", ids));
            delete.setArray(3, connection.createArrayOf("int8", theirEpochs));
            delete.setObject(4, owner);
            delete.executeUpdate();
        }
    }
}
