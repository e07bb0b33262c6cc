package io.orderflow.messaging.outbox;

import io.orderflow.messaging.MessageRejectedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks and releases rows that the broker rejects for good, and the rows of their keys behind them; all of it fenced. An operator decides
 * about them ({@link OutboxOperations}).
 *
 * <p>Releasing a row releases those of its key. The relay that has leased the partition does so within seconds, so that they are sent in
 * order and before rows that were added since.
 */
final class ParkedRows {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private static final int MAX_REASON = 500;

    /** The parked rows of a key, without delayed ones. Parameters: topic, key and key. */
    static final String OF_KEY = """
            p.parked_at is not null and p.not_before is null and p.topic = ?
              and substring(p.message_key from 1 for 64) = substring(?::bytea from 1 for 64) and p.message_key = ?
            """;

    private static final String PARK = """
            update messaging_outbox o set parked_at = clock_timestamp(), parked_reason = ?
            from %s l where o.partition = l.partition and o.id = ?
            """.formatted(Fence.LOCKED);

    /** Only behind a row that exists, and locks it: whoever deletes it then sees this one behind it. */
    private static final String PARK_BEHIND = """
            update messaging_outbox o set parked_at = clock_timestamp(), parked_reason = 'An earlier row of its key is parked.'
            from %s l, (select p.id from messaging_outbox p where %s order by p.id limit 1 for share) as first
            where o.partition = l.partition and o.id = ?
            """.formatted(Fence.LOCKED, OF_KEY);

    /** "partition + 0" makes PostgreSQL use the index of parked rows instead of the whole primary key. */
    private static final String UNPARK = """
            with mine as materialized (
                select l.partition from messaging_outbox_lease l
                join unnest(?::smallint[], ?::bigint[]) as e(partition, epoch) on e.partition = l.partition
                where l.owner = ? and l.epoch = e.epoch for share of l),
            requested as materialized (
                select topic, message_key, not_before from messaging_outbox
                where parked_at is not null and released and partition + 0 = any(array(select partition from mine)))
            update messaging_outbox o set parked_at = null, parked_reason = null, released = false
            where o.parked_at is not null and o.partition + 0 = any(array(select partition from mine))
              and (o.released or o.not_before is null and exists (
                  select from requested a
                  where a.not_before is null and a.topic = o.topic and a.message_key = o.message_key))
            returning o.partition, o.id
            """;

    private ParkedRows() {}

    /** Does nothing if the lease has changed. */
    static void park(Connection connection, WaitingRow row, MessageRejectedException why, Fence fence)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PARK)) {
            String reason = String.valueOf(why.getMessage()).replace('\0', ' ');
            update.setString(1, reason.substring(0, Math.min(reason.length(), MAX_REASON)));
            fence.lock(update, 2, row.partition());
            update.setLong(5, row.id());
            if (update.executeUpdate() > 0) {
                log.error(
                        "The broker rejects row {} of the outbox, for topic '{}': {} The row and the later rows of its key are"
                                + " parked; other rows are sent. When the cause is fixed, send them again:"
                                + " ./orderflow outbox release SERVICE:{}. Or delete this row to send those behind it:"
                                + " ./orderflow outbox delete SERVICE:{}.",
                        row.id(),
                        row.topic(),
                        why.getMessage(),
                        row.id(),
                        row.id());
            }
        }
    }

    /** Parks a row that was read as blocked by a parked one; if that is gone, the row stays ready. */
    static void parkBehind(Connection connection, WaitingRow row, Fence fence) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PARK_BEHIND)) {
            byte @Nullable [] key = row.keyBytes();
            fence.lock(update, 1, row.partition());
            update.setString(4, row.topic());
            update.setBytes(5, key);
            update.setBytes(6, key);
            update.setLong(7, row.id());
            update.executeUpdate();
        }
    }

    /** Makes the released rows of these partitions ready; returns the lowest id of them in each. */
    static Map<Short, Long> unpark(Connection connection, Fence fence) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UNPARK)) {
            fence.set(update, 1, fence.epochs().keySet());
            update.setObject(3, fence.owner());
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
