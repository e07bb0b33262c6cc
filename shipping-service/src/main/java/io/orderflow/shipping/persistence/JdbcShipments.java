package io.orderflow.shipping.persistence;

import io.orderflow.events.OrderId;
import io.orderflow.service.KeysetQuery;
import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipment.Status;
import io.orderflow.shipping.domain.Shipments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

@Repository
class JdbcShipments implements Shipments {

    private static final String SELECT =
            "select id, order_id, priority, status, carrier, tracking_number, updated_at from shipment ";
    private static final KeysetQuery NEWEST_FIRST =
            new KeysetQuery(SELECT, "shipment", "order_id", "created_at", List.of("id"));

    private final JdbcClient jdbc;

    JdbcShipments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(Shipment shipment) {
        return params(jdbc.sql("""
                                        insert into shipment
                                            (id, order_id, priority, status, carrier, tracking_number, updated_at)
                                        values
                                            (:id, :orderId, :priority, :status, :carrier, :trackingNumber, :updatedAt)
                                        on conflict (order_id) do nothing"""), shipment).update() == 1;
    }

    @Override
    public void update(Shipment shipment) {
        params(jdbc.sql("""
                                update shipment
                                set priority = :priority, status = :status, carrier = :carrier,
                                    tracking_number = :trackingNumber, updated_at = :updatedAt
                                where id = :id and order_id = :orderId"""), shipment).update();
    }

    private static StatementSpec params(StatementSpec statement, Shipment shipment) {
        Priority priority = shipment.priority();
        Booking booking = shipment.booking();
        return statement
                .param("id", shipment.id())
                .param("orderId", shipment.orderId().value())
                .param("priority", priority == null ? null : priority.name())
                .param("status", shipment.status().name())
                .param("carrier", booking == null ? null : booking.carrier())
                .param("trackingNumber", booking == null ? null : booking.trackingNumber())
                .param("updatedAt", Timestamp.from(shipment.updatedAt()));
    }

    @Override
    public Optional<Shipment> find(String id) {
        return one("where id = ?", id);
    }

    @Override
    public Optional<Shipment> lock(String id) {
        return one("where id = ? for update", id);
    }

    @Override
    public Optional<Shipment> lockFor(OrderId orderId) {
        return one("where order_id = ? for update", orderId.value());
    }

    private Optional<Shipment> one(String condition, String param) {
        return jdbc.sql(SELECT + condition)
                .param(param)
                .query(JdbcShipments::shipment)
                .optional();
    }

    @Override
    public List<Shipment> list(@Nullable String orderId, @Nullable String after, int limit) {
        return NEWEST_FIRST.list(
                jdbc, orderId, after == null ? List.of() : List.of(after), limit, JdbcShipments::shipment);
    }

    private static Shipment shipment(ResultSet rs, int row) throws SQLException {
        String priority = rs.getString("priority");
        String carrier = rs.getString("carrier");
        return new Shipment(
                rs.getString("id"),
                new OrderId(rs.getString("order_id")),
                priority == null ? null : Priority.valueOf(priority),
                Status.valueOf(rs.getString("status")),
                carrier == null ? null : new Booking(carrier, rs.getString("tracking_number")),
                rs.getTimestamp("updated_at").toInstant());
    }
}
