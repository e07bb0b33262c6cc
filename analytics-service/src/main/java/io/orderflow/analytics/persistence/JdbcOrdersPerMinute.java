package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrdersPerMinute;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOrdersPerMinute implements OrdersPerMinute {

    private final JdbcClient jdbc;
    private final String table;

    @Autowired
    JdbcOrdersPerMinute(JdbcClient jdbc) {
        this(jdbc, "");
    }

    /** @param prefix of the table's name */
    JdbcOrdersPerMinute(JdbcClient jdbc, String prefix) {
        this.jdbc = jdbc;
        this.table = prefix + "orders_per_minute";
    }

    @Override
    public Optional<Instant> latest() {
        return jdbc.sql("select minute from " + table + " order by minute desc limit 1")
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public void add(Instant minute) {
        jdbc.sql("""
                        insert into %s as known (minute, orders) values (?, 1)
                        on conflict (minute) do update set orders = known.orders + 1""".formatted(table)).param(Timestamp.from(minute)).update();
    }

    @Override
    public void record(MinuteCount count) {
        jdbc.sql("""
                        insert into %s as known (minute, orders) values (?, ?)
                        on conflict (minute) do update set orders = excluded.orders
                        where known.orders < excluded.orders""".formatted(table))
                .params(Timestamp.from(count.minute()), count.orders())
                .update();
    }

    @Override
    public List<MinuteCount> list(@Nullable Instant before, int limit) {
        return jdbc.sql("select minute, orders from " + table
                        + " where minute < cast(:before as timestamptz) order by minute desc limit :limit")
                .param("before", before == null ? "infinity" : before.toString())
                .param("limit", limit)
                .query((row, number) ->
                        new MinuteCount(row.getTimestamp("minute").toInstant(), row.getLong("orders")))
                .list();
    }
}
