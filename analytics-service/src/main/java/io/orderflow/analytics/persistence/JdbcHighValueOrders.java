package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.HighValueOrders;
import io.orderflow.events.HighValueOrder;
import io.orderflow.service.KeysetQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcHighValueOrders implements HighValueOrders {

    private final JdbcClient jdbc;
    private final String table;
    private final KeysetQuery newestFirst;

    @Autowired
    JdbcHighValueOrders(JdbcClient jdbc) {
        this(jdbc, "");
    }

    /** @param prefix of the table's name */
    JdbcHighValueOrders(JdbcClient jdbc, String prefix) {
        this.jdbc = jdbc;
        this.table = prefix + "high_value_order";
        this.newestFirst = new KeysetQuery(
                "select order_id, customer_id, total, placed_at from " + table,
                table,
                "customer_id",
                "coalesce(placed_at, '-infinity')",
                List.of("order_id"));
    }

    @Override
    public void add(HighValueOrder order) {
        Instant placedAt = order.placedAt();
        jdbc.sql("""
                        insert into %s (order_id, customer_id, total, placed_at) values (?, ?, ?, ?)
                        on conflict do nothing""".formatted(table))
                .params(
                        order.orderId(),
                        order.customerId(),
                        order.total(),
                        placedAt == null ? null : Timestamp.from(placedAt))
                .update();
    }

    @Override
    public List<HighValueOrder> list(@Nullable String customerId, @Nullable String after, int limit) {
        return newestFirst.list(
                jdbc, customerId, after == null ? List.of() : List.of(after), limit, JdbcHighValueOrders::order);
    }

    private static HighValueOrder order(ResultSet row, int number) throws SQLException {
        Timestamp placedAt = row.getTimestamp("placed_at");
        return new HighValueOrder(
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getBigDecimal("total"),
                placedAt == null ? null : placedAt.toInstant());
    }
}
