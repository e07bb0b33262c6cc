package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.domain.SuspiciousOrders;
import io.orderflow.service.PagedQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcSuspiciousOrders implements SuspiciousOrders {

    private static final PagedQuery NEWEST_FIRST = new PagedQuery(
            "select order_id, customer_id, placed_at from suspicious_order",
            "suspicious_order",
            "customer_id",
            "placed_at desc, order_id");

    private final JdbcClient jdbc;

    JdbcSuspiciousOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(SuspiciousOrder order) {
        jdbc.sql(
                        "insert into suspicious_order (order_id, customer_id, placed_at) values (?, ?, ?) on conflict do nothing")
                .params(order.orderId(), order.customerId(), Timestamp.from(order.placedAt()))
                .update();
    }

    @Override
    public List<SuspiciousOrder> list(@Nullable String customerId, int limit, long offset) {
        return NEWEST_FIRST.list(jdbc, customerId, limit, offset, JdbcSuspiciousOrders::order);
    }

    @Override
    public long count(@Nullable String customerId) {
        return NEWEST_FIRST.count(jdbc, customerId);
    }

    private static SuspiciousOrder order(ResultSet row, int number) throws SQLException {
        return new SuspiciousOrder(
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getTimestamp("placed_at").toInstant());
    }
}
