package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.HighValueOrders;
import io.orderflow.events.HighValueOrder;
import io.orderflow.service.PagedQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcHighValueOrders implements HighValueOrders {

    private static final PagedQuery NEWEST_FIRST = new PagedQuery(
            "select order_id, customer_id, total, placed_at from high_value_order",
            "high_value_order",
            "customer_id",
            "placed_at desc nulls last, order_id");

    private final JdbcClient jdbc;

    JdbcHighValueOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(HighValueOrder order) {
        Instant placedAt = order.placedAt();
        jdbc.sql("""
                        insert into high_value_order (order_id, customer_id, total, placed_at) values (?, ?, ?, ?)
                        on conflict do nothing""")
                .params(
                        order.orderId(),
                        order.customerId(),
                        order.total(),
                        placedAt == null ? null : Timestamp.from(placedAt))
                .update();
    }

    @Override
    public List<HighValueOrder> list(@Nullable String customerId, int limit, long offset) {
        return NEWEST_FIRST.list(jdbc, customerId, limit, offset, JdbcHighValueOrders::order);
    }

    @Override
    public long count(@Nullable String customerId) {
        return NEWEST_FIRST.count(jdbc, customerId);
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
