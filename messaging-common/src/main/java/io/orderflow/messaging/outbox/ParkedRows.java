package io.orderflow.messaging.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Rows that the broker refuses for good, and the rows of their keys behind them. People decide about them:
 *
 * <pre>
 * select id, topic, convert_from(message_key, 'UTF8'), headers, parked_at, parked_reason
 *     from messaging_outbox where parked_at is not null order by id;
 * delete from messaging_outbox where id = ...;                          -- give one up
 * update messaging_outbox set parked_at = null, parked_reason = null
 *     where parked_at is not null and topic = ...;                      -- send again, in order
 * </pre>
 */
final class ParkedRows {

    private static final int MAX_REASON = 500;

    private static final String PARK =
            "update messaging_outbox set parked_at = clock_timestamp(), parked_reason = ? where partition = ? and id = ?";

    /** The row that it waits behind is locked, so that whoever releases that one finds this one too. */
    private static final String PARK_BEHIND = """
            with ahead as materialized (
                select p.id from messaging_outbox p
                where p.parked_at is not null and p.not_before is null and p.topic = ?
                  and substring(p.message_key from 1 for 64) = substring(?::bytea from 1 for 64)
                  and p.message_key = ?::bytea
                order by p.id limit 1 for update)
            update messaging_outbox o
            set parked_at = clock_timestamp(), parked_reason = 'It waits behind row ' || ahead.id || ' of its key.'
            from ahead where o.partition = ? and o.id = ?
            """;

    private static final String PARKED = """
            select id, partition from messaging_outbox
            where parked_at is not null and not_before is null and partition = any(?::smallint[])
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

    /** Does nothing if no row of its key is parked any more. */
    static void parkBehind(Connection connection, WaitingRow row) throws SQLException {
        byte[] key = Objects.requireNonNull(row.message().key()).getBytes(StandardCharsets.UTF_8);
        try (PreparedStatement update = connection.prepareStatement(PARK_BEHIND)) {
            update.setString(1, row.topic());
            update.setBytes(2, key);
            update.setBytes(3, key);
            update.setShort(4, row.partition());
            update.setLong(5, row.id());
            update.executeUpdate();
        }
    }

    /** The ids of parked rows, and their partitions. */
    static Map<Long, Short> parked(Connection connection, Collection<Short> partitions) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(PARKED)) {
            query.setArray(1, connection.createArrayOf("int2", partitions.toArray()));
            Map<Long, Short> parked = new HashMap<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    parked.put(result.getLong(1), result.getShort(2));
                }
            }
            return parked;
        }
    }
}
