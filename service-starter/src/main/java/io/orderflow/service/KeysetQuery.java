package io.orderflow.service;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Reads a page of all rows, or of those with one value in a column, the latest first. A page begins behind the last row of the page before,
 * without reading the rows before it.
 *
 * @param select the select and from clauses
 * @param table the table of the other columns
 * @param column the column that is compared with the value
 * @param time the column or expression by which rows are sorted; not null, and never changed
 * @param key the columns of a unique key, which sort rows of the same time
 */
public record KeysetQuery(String select, String table, String column, String time, List<String> key) {

    /**
     * The rows of a page.
     *
     * @param value if null, all rows match
     * @param after the key of the last row of the page before; empty for the first page
     */
    public <R> List<R> list(JdbcClient jdbc, @Nullable Object value, List<?> after, int limit, RowMapper<R> mapper) {
        String sort = time + ", " + String.join(", ", key);
        String matching = value == null ? "true" : column + " = :value";
        String behind = after.isEmpty()
                ? ""
                : " and (%s) < (select %s from %s where %s)".formatted(sort, sort, table, isLast());
        String order = " order by " + time + " desc, " + String.join(" desc, ", key) + " desc limit :limit";
        StatementSpec statement =
                jdbc.sql(select + " where " + matching + behind + order).param("limit", limit);
        if (value != null) {
            statement = statement.param("value", value);
        }
        for (int i = 0; i < after.size(); i++) {
            statement = statement.param("key" + i, after.get(i));
        }
        return statement.query(mapper).list();
    }

    private String isLast() {
        return IntStream.range(0, key.size())
                .mapToObj(i -> key.get(i) + " = :key" + i)
                .collect(Collectors.joining(" and "));
    }
}
