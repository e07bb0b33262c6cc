package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrdersPerMinute;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOrdersPerMinute implements OrdersPerMinute {

    private final JdbcClient jdbc;

    JdbcOrdersPerMinute(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Instant> latest() {
        return jdbc.sql("select minute from orders_per_minute order by minute desc limit 1")
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public void add(Instant minute) {
        jdbc.sql("""
                        insert into orders_per_minute (minute, orders) values (?, 1)
                        on conflict (minute) do update set orders = orders_per_minute.orders + 1""").param(Timestamp.from(minute)).update();
    }

    @Override
    public void record(MinuteCount count) {
        jdbc.sql("""
                        insert into orders_per_minute (minute, orders) values (?, ?)
                        on conflict (minute) do update set orders = excluded.orders
                        where orders_per_minute.orders < excluded.orders""").params(Timestamp.from(count.minute()), count.orders()).update();
    }

    @Override
    public List<MinuteCount> list(int limit, long offset) {
        return jdbc.sql("select minute, orders from orders_per_minute order by minute desc limit ? offset ?")
                .params(limit, offset)
                .query((row, number) ->
                        new MinuteCount(row.getTimestamp("minute").toInstant(), row.getLong("orders")))
                .list();
    }

    @Override
    public long count() {
        return jdbc.sql("select count(*) from orders_per_minute")
                .query(Long.class)
                .single();
    }
}
