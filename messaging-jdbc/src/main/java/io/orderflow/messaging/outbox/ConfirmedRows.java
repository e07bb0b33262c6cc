package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Deletes the rows that the broker has confirmed. */
final class ConfirmedRows {

    /** Fenced: deletes nothing in a partition whose lease has another owner or epoch by now. */
    private static final String DELETE = """
            delete from messaging_outbox o
            using unnest(?::smallint[], ?::bigint[], ?::bigint[]) as d(partition, epoch, id)
            join messaging_outbox_lease l on l.partition = d.partition and l.owner = ? and l.epoch = d.epoch
            where o.partition = d.partition and o.id = d.id
            """;

    private ConfirmedRows() {}

    static void delete(Connection connection, List<WaitingRow> rows, Fence fence) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            fence.set(delete, 1, rows.stream().map(WaitingRow::partition).toList());
            delete.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", rows.stream().map(WaitingRow::id).toArray()));
            delete.setObject(4, fence.owner());
            delete.executeUpdate();
        }
    }
}
