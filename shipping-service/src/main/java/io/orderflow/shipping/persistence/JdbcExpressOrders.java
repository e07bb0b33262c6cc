package io.orderflow.shipping.persistence;

import io.orderflow.events.OrderId;
import io.orderflow.service.KeysetQuery;
import io.orderflow.shipping.domain.ExpressOrder;
import io.orderflow.shipping.domain.ExpressOrders;
import java.sql.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcExpressOrders implements ExpressOrders {

    private static final KeysetQuery NEWEST_FIRST = new KeysetQuery(
            "select order_id, placed_at from express_order",
            "express_order",
            "order_id",
            "placed_at",
            List.of("order_id"));

    private final JdbcClient jdbc;

    JdbcExpressOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(ExpressOrder order) {
        jdbc.sql("insert into express_order (order_id, placed_at) values (?, ?) on conflict (order_id) do nothing")
                .params(order.orderId().value(), Timestamp.from(order.placedAt()))
                .update();
    }

    @Override
    public List<ExpressOrder> list(@Nullable OrderId after, int limit) {
        return NEWEST_FIRST.list(
                jdbc,
                null,
                after == null ? List.of() : List.of(after.value()),
                limit,
                (row, number) -> new ExpressOrder(
                        OrderId.of(row.getString("order_id")),
                        row.getTimestamp("placed_at").toInstant()));
    }
}
