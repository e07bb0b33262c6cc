package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes rows into the outbox in the current transaction, in one statement whatever their number. */
final class OutboxInsert {

    /** Beyond so many rows a second statement costs less than the arrays of a single one. */
    private static final int MAX_ROWS = 2_000;

    /**
     * The transaction's own id is drawn before the first row's: {@link LowWater} rests on that. The rows' ids are drawn
     * in the order of the arrays.
     */
    private static final String SQL = """
            with transaction as materialized (select pg_current_xact_id() as id)
            insert into messaging_outbox (partition, topic, message_key, value, headers, made_at, not_before)
            select r.partition, r.topic, r.message_key, r.value, r.headers::json, r.made_at,
                   to_timestamp(r.not_before / 1000.0)
            from transaction t, unnest(?::smallint[], ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[], ?::bigint[])
                 with ordinality as r(partition, topic, message_key, value, headers, made_at, not_before, place)
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
        try (PreparedStatement insert = connection.prepareStatement(SQL)) {
            set(insert, 1, "int2", rows, NewRow::partition, new Short[0]);
            set(insert, 2, "text", rows, NewRow::topic, new String[0]);
            set(insert, 3, "bytea", rows, NewRow::key, new byte[0][]);
            set(insert, 4, "bytea", rows, NewRow::value, new byte[0][]);
            set(insert, 5, "text", rows, NewRow::headers, new String[0]);
            set(insert, 6, "int8", rows, NewRow::madeAt, new Long[0]);
            set(insert, 7, "int8", rows, NewRow::notBefore, new Long[0]);
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
