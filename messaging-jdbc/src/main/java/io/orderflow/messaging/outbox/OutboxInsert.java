package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes rows into the outbox in the current transaction, in one statement whatever their number. The transaction's own id
 * is drawn before the first row's: {@link LowWater} rests on that.
 */
final class OutboxInsert {

    /** For more rows, a second statement costs less than longer arrays. */
    private static final int MAX_ROWS = 2_000;

    /** Most transactions send one message, and the arrays cost as much as the rest of the statement. */
    private static final String ONE = """
            with transaction as materialized (select pg_current_xact_id() as id)
            insert into messaging_outbox (partition, topic, message_key, value, headers, made_at, not_before)
            select ?::smallint, ?::text, ?::bytea, ?::bytea, ?::json, ?::bigint,
                   coalesce(to_timestamp(?::bigint / 1000.0), clock_timestamp() + ?::bigint * interval '1 millisecond')
            from transaction t where t.id is not null
            """;

    /** The rows' ids are drawn in the order of the arrays. */
    private static final String MANY = """
            with transaction as materialized (select pg_current_xact_id() as id)
            insert into messaging_outbox (partition, topic, message_key, value, headers, made_at, not_before)
            select r.partition, r.topic, r.message_key, r.value, r.headers::json, r.made_at,
                   coalesce(to_timestamp(r.not_before / 1000.0), clock_timestamp() + r.delay * interval '1 millisecond')
            from transaction t,
                 unnest(?::smallint[], ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                 with ordinality as r(partition, topic, message_key, value, headers, made_at, not_before, delay, place)
            where t.id is not null
            order by r.place
            """;

    private final JdbcTemplate jdbc;

    OutboxInsert(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    void insert(List<NewRow> rows) {
        for (int from = 0; from < rows.size(); from += MAX_ROWS) {
            List<NewRow> some = rows.subList(from, Math.min(rows.size(), from + MAX_ROWS));
            jdbc.execute((ConnectionCallback<Integer>) connection -> insert(connection, some));
        }
    }

    private static int insert(Connection connection, List<NewRow> rows) throws SQLException {
        return rows.size() == 1 ? one(connection, rows.get(0)) : many(connection, rows);
    }

    private static int one(Connection connection, NewRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ONE)) {
            insert.setShort(1, row.partition());
            insert.setString(2, row.topic());
            insert.setBytes(3, row.key());
            insert.setBytes(4, row.value());
            insert.setString(5, row.headers());
            insert.setLong(6, row.madeAt());
            insert.setObject(7, row.notBefore(), Types.BIGINT);
            insert.setObject(8, row.delay(), Types.BIGINT);
            return insert.executeUpdate();
        }
    }

    private static int many(Connection connection, List<NewRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(MANY)) {
            set(insert, 1, "int2", rows, NewRow::partition, new Short[0]);
            set(insert, 2, "text", rows, NewRow::topic, new String[0]);
            set(insert, 3, "bytea", rows, NewRow::key, new byte[0][]);
            set(insert, 4, "bytea", rows, NewRow::value, new byte[0][]);
            set(insert, 5, "text", rows, NewRow::headers, new String[0]);
            set(insert, 6, "int8", rows, NewRow::madeAt, new Long[0]);
            set(insert, 7, "int8", rows, NewRow::notBefore, new Long[0]);
            set(insert, 8, "int8", rows, NewRow::delay, new Long[0]);
            return insert.executeUpdate();
        }
    }

    private static <T> void set(
            PreparedStatement insert, int place, String type, List<NewRow> rows, Function<NewRow, T> column, T[] array)
            throws SQLException {
        insert.setArray(
                place,
                insert.getConnection()
                        .createArrayOf(type, rows.stream().map(column).toArray(size -> Arrays.copyOf(array, size))));
    }
}
