package io.orderflow.order.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderLine;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.Parcel;
import io.orderflow.order.domain.Priority;
import io.orderflow.service.KeysetQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOrders implements Orders {

    private static final KeysetQuery LATEST_FIRST =
            new KeysetQuery("select * from orders", "orders", "customer_id", "placed_at", List.of("id"));

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    JdbcOrders(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    @Override
    public void add(Order order) {
        jdbc.sql("""
                        insert into orders (id, version, customer_id, priority, status, placed_at, changed_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        order.id(),
                        order.version(),
                        order.customerId(),
                        order.priority().name(),
                        order.status().name(),
                        Timestamp.from(order.placedAt()),
                        Timestamp.from(order.changedAt()))
                .update();
        List<OrderLine> lines = order.lines();
        batches.batchUpdate(
                "insert into order_line (order_id, line, sku, quantity, unit_price) values (?, ?, ?, ?, ?)",
                lines,
                lines.size(),
                (statement, line) -> {
                    statement.setObject(1, order.id());
                    statement.setInt(2, lines.indexOf(line));
                    statement.setString(3, line.sku());
                    statement.setInt(4, line.quantity());
                    statement.setBigDecimal(5, line.unitPrice());
                });
    }

    @Override
    public void update(Order order) {
        Parcel parcel = order.parcel();
        jdbc.sql("""
                        update orders set version = :version, status = :status, reason = :reason, carrier = :carrier,
                            tracking_number = :trackingNumber, changed_at = :changedAt
                        where id = :id""")
                .param("version", order.version())
                .param("status", order.status().name())
                .param("reason", order.reason())
                .param("carrier", parcel == null ? null : parcel.carrier())
                .param("trackingNumber", parcel == null ? null : parcel.trackingNumber())
                .param("changedAt", Timestamp.from(order.changedAt()))
                .param("id", order.id())
                .update();
    }

    @Override
    public Optional<Order> find(UUID id) {
        return one("select * from orders where id = ?", id);
    }

    @Override
    public Optional<Order> lock(UUID id) {
        return one("select * from orders where id = ? for update", id);
    }

    @Override
    public List<Order> list(@Nullable String customerId, @Nullable UUID after, int limit) {
        return withLines(
                LATEST_FIRST.list(jdbc, customerId, after == null ? List.of() : List.of(after), limit, OrderRow::read));
    }

    @Override
    public List<UUID> waiting(OrderStatus status, Instant before, int limit) {
        return jdbc.sql("select id from orders where status = ? and changed_at < ? order by changed_at limit ?")
                .params(status.name(), Timestamp.from(before), limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public List<UUID> unchangedSince(OrderStatus status, Instant since, int limit) {
        return jdbc.sql("""
                        select id from orders
                        where status = :status and changed_at <= :since
                        and not exists (select from timeline where timeline.order_id = orders.id and at > :since)
                        order by changed_at limit :limit""")
                .param("status", status.name())
                .param("since", Timestamp.from(since))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    @Override
    public long countWaiting(OrderStatus status, Instant before) {
        return jdbc.sql("select count(*) from orders where status = ? and changed_at < ?")
                .params(status.name(), Timestamp.from(before))
                .query(Long.class)
                .single();
    }

    private Optional<Order> one(String select, UUID id) {
        return withLines(jdbc.sql(select).param(id).query(OrderRow::read).list()).stream()
                .findFirst();
    }

    private List<Order> withLines(List<OrderRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<OrderLine>> lines = jdbc
                .sql("select * from order_line where order_id in (:ids) order by order_id, line")
                .param("ids", rows.stream().map(OrderRow::id).toList())
                .query(LineRow::read)
                .list() // a stream of rows has to be closed
                .stream()
                .collect(groupingBy(LineRow::orderId, mapping(LineRow::line, toList())));
        return rows.stream().map(row -> row.with(lines.get(row.id()))).toList();
    }

    private record LineRow(UUID orderId, OrderLine line) {

        static LineRow read(ResultSet rs, int number) throws SQLException {
            return new LineRow(
                    rs.getObject("order_id", UUID.class),
                    new OrderLine(rs.getString("sku"), rs.getInt("quantity"), rs.getBigDecimal("unit_price")));
        }
    }

    private record OrderRow(
            UUID id,
            long version,
            String customerId,
            Priority priority,
            OrderStatus status,
            @Nullable String reason,
            @Nullable Parcel parcel,
            Instant placedAt,
            Instant changedAt) {

        static OrderRow read(ResultSet rs, int number) throws SQLException {
            String carrier = rs.getString("carrier");
            return new OrderRow(
                    rs.getObject("id", UUID.class),
                    rs.getLong("version"),
                    rs.getString("customer_id"),
                    Priority.valueOf(rs.getString("priority")),
                    OrderStatus.valueOf(rs.getString("status")),
                    rs.getString("reason"),
                    carrier == null ? null : new Parcel(carrier, rs.getString("tracking_number")),
                    rs.getTimestamp("placed_at").toInstant(),
                    rs.getTimestamp("changed_at").toInstant());
        }

        Order with(List<OrderLine> lines) {
            return new Order(id, version, customerId, priority, lines, status, reason, parcel, placedAt, changedAt);
        }
    }
}
