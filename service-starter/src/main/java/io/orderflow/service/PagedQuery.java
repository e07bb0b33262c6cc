package io.orderflow.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Reads a page of all rows, or of those with one value in a column.
 *
 * @param select the select and from clauses
 * @param table the table whose rows are counted
 * @param column the column that is compared with the value
 * @param order the order by clause; it has to be unique, so that each row is on one page
 */
public record PagedQuery(String select, String table, String column, String order) {

    /** The rows of a page. If the value is null, all rows match. */
    public <R> List<R> list(JdbcClient jdbc, @Nullable Object value, int limit, long offset, RowMapper<R> mapper) {
        return statement(jdbc, select + where(value) + " order by " + order + " limit :limit offset :offset", value)
                .param("limit", limit)
                .param("offset", offset)
                .query(mapper)
                .list();
    }

    /** The number of rows on all pages. */
    public long count(JdbcClient jdbc, @Nullable Object value) {
        return statement(jdbc, "select count(*) from " + table + where(value), value)
                .query(Long.class)
                .single();
    }

    private String where(@Nullable Object value) {
        return value == null ? "" : " where " + column + " = :value";
    }

    private static StatementSpec statement(JdbcClient jdbc, String sql, @Nullable Object value) {
        return value == null ? jdbc.sql(sql) : jdbc.sql(sql).param("value", value);
    }
}
