package io.orderflow.inventory.persistence;

import io.orderflow.events.OrderId;
import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.domain.Reservation.Status;
import io.orderflow.inventory.domain.Reservations;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcReservations implements Reservations {

    private final JdbcClient jdbc;

    JdbcReservations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Reservation> find(OrderId orderId) {
        return jdbc.sql("select status, updated_at from reservation where order_id = ?")
                .param(orderId.value())
                .query((rs, row) -> new Reservation(
                        orderId,
                        Status.valueOf(rs.getString("status")),
                        List.of(),
                        rs.getTimestamp("updated_at").toInstant()))
                .optional()
                .map(header -> new Reservation(orderId, header.status(), lines(orderId), header.updatedAt()));
    }

    private List<OrderLine> lines(OrderId orderId) {
        return jdbc.sql("select sku, quantity from reservation_line where order_id = ? order by sku")
                .param(orderId.value())
                .query(OrderLine.class)
                .list();
    }

    @Override
    public void add(Reservation reservation) {
        jdbc.sql("insert into reservation (order_id, status, updated_at) values (?, ?, ?)")
                .params(
                        reservation.orderId().value(),
                        reservation.status().name(),
                        Timestamp.from(reservation.updatedAt()))
                .update();
        if (reservation.lines().isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into reservation_line (order_id, sku, quantity)
                        select :orderId, sku, quantity
                        from unnest(:skus::varchar[], :quantities::integer[]) as line (sku, quantity)""")
                .param("orderId", reservation.orderId().value())
                .param("skus", Lines.skus(reservation.lines()))
                .param("quantities", Lines.quantities(reservation.lines()))
                .update();
    }

    @Override
    public void update(Reservation reservation) {
        int updated = jdbc.sql(
                        "update reservation set status = ?, updated_at = ? where order_id = ? and status = 'RESERVED'")
                .params(
                        reservation.status().name(),
                        Timestamp.from(reservation.updatedAt()),
                        reservation.orderId().value())
                .update();
        if (updated != 1) {
            throw new IllegalStateException("The reservation of order " + reservation.orderId()
                    + " is no longer RESERVED; it cannot become " + reservation.status() + ".");
        }
    }
}
