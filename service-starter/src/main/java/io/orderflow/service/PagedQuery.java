package io.orderflow.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Reads rows page by page: all there are, or those with one value in a column.
 *
 * @param select the columns, and where they are from
 * @param table the one that has a row for each, to count them
 * @param column by whose value they are chosen
 * @param order by what they are sorted; no two rows are equal in that, so that each is on one page
 */
public record PagedQuery(String select, String table, String column, String order) {

    /** The rows of a page; all rows are meant if the value is null. */
    public <R> List<R> list(JdbcClient jdbc, @Nullable Object value, int limit, long offset, RowMapper<R> mapper) {
        return statement(jdbc, select + where(value) + " order by " + order + " limit :limit offset :offset", value)
                .param("limit", limit)
                .param("offset", offset)
                .query(mapper)
                .list();
    }

    /** How many rows there are on all pages. */
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
