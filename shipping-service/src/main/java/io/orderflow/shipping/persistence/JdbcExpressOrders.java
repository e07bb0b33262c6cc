package io.orderflow.shipping.persistence;

import io.orderflow.events.OrderId;
import io.orderflow.shipping.domain.ExpressOrder;
import io.orderflow.shipping.domain.ExpressOrders;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcExpressOrders implements ExpressOrders {

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
    public List<ExpressOrder> list(int limit, long offset) {
        return jdbc.sql("select order_id, placed_at from express_order"
                        + " order by placed_at desc, order_id limit ? offset ?")
                .params(limit, offset)
                .query((row, number) -> new ExpressOrder(
                        OrderId.of(row.getString("order_id")),
                        row.getTimestamp("placed_at").toInstant()))
                .list();
    }

    @Override
    public long count() {
        return jdbc.sql("select count(*) from express_order").query(Long.class).single();
    }
}
