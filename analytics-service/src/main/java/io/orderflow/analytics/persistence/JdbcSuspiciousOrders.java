package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.domain.SuspiciousOrders;
import io.orderflow.service.KeysetQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcSuspiciousOrders implements SuspiciousOrders {

    private final JdbcClient jdbc;
    private final String table;
    private final KeysetQuery newestFirst;

    @Autowired
    JdbcSuspiciousOrders(JdbcClient jdbc) {
        this(jdbc, "");
    }

    /** @param prefix of the table's name */
    JdbcSuspiciousOrders(JdbcClient jdbc, String prefix) {
        this.jdbc = jdbc;
        this.table = prefix + "suspicious_order";
        this.newestFirst = new KeysetQuery(
                "select order_id, customer_id, placed_at from " + table,
                table,
                "customer_id",
                "placed_at",
                List.of("order_id"));
    }

    @Override
    public void add(SuspiciousOrder order) {
        jdbc.sql("insert into " + table + " (order_id, customer_id, placed_at) values (?, ?, ?) on conflict do nothing")
                .params(order.orderId(), order.customerId(), Timestamp.from(order.placedAt()))
                .update();
    }

    @Override
    public List<SuspiciousOrder> list(@Nullable String customerId, @Nullable String after, int limit) {
        return newestFirst.list(
                jdbc, customerId, after == null ? List.of() : List.of(after), limit, JdbcSuspiciousOrders::order);
    }

    private static SuspiciousOrder order(ResultSet row, int number) throws SQLException {
        return new SuspiciousOrder(
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getTimestamp("placed_at").toInstant());
    }
}
