package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows that the broker refuses for good, and the rows of their keys behind them. People decide about them:
 *
 * <pre>
 * select id, topic, convert_from(message_key, 'UTF8'), headers, parked_at, parked_reason
 *     from messaging_outbox where parked_at is not null order by id;
 * delete from messaging_outbox where id = ...;                             -- give one up
 * update messaging_outbox set released = true
 *     where parked_at is not null and topic = ...;                         -- send them again
 * </pre>
 *
 * A row that is released takes those of its key along. The relay that holds the partition sees to it within seconds, so
 * that they go out in their order and before whatever was added since.
 */
final class ParkedRows {

    private static final int MAX_REASON = 500;

    private static final String PARK =
            "update messaging_outbox set parked_at = clock_timestamp(), parked_reason = ? where partition = ? and id = ?";

    private static final String PARK_BEHIND = """
            update messaging_outbox set parked_at = clock_timestamp(), parked_reason = 'It waits behind others of its key.'
            where partition = ? and id = ?
            """;

    /** With partition + 0 only the index of parked rows will do: the primary key's would be read from end to end. */
    private static final String UNPARK = """
            with asked as materialized (
                select topic, message_key, not_before from messaging_outbox
                where parked_at is not null and released and partition + 0 = any(?::smallint[]))
            update messaging_outbox o set parked_at = null, parked_reason = null, released = false
            where o.parked_at is not null and o.partition + 0 = any(?::smallint[])
              and (o.released or o.not_before is null and exists (
                  select from asked a
                  where a.not_before is null and a.topic = o.topic and a.message_key = o.message_key))
            returning o.partition, o.id
            """;

    private ParkedRows() {}

    static void park(Connection connection, WaitingRow row, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PARK)) {
            String storable = reason.replace('\0', ' ');
            update.setString(1, storable.substring(0, Math.min(storable.length(), MAX_REASON)));
            update.setShort(2, row.partition());
            update.setLong(3, row.id());
            update.executeUpdate();
        }
    }

    static void parkBehind(Connection connection, WaitingRow row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PARK_BEHIND)) {
            update.setShort(1, row.partition());
            update.setLong(2, row.id());
            update.executeUpdate();
        }
    }

    /** Makes ready what was released in these partitions; answers the lowest id of it in each. */
    static Map<Short, Long> unpark(Connection connection, Collection<Short> partitions) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UNPARK)) {
            update.setArray(1, connection.createArrayOf("int2", partitions.toArray()));
            update.setArray(2, connection.createArrayOf("int2", partitions.toArray()));
            Map<Short, Long> lowest = new HashMap<>();
            try (ResultSet result = update.executeQuery()) {
                while (result.next()) {
                    lowest.merge(result.getShort(1), result.getLong(2), Math::min);
                }
            }
            return lowest;
        }
    }
}
